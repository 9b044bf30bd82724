import { describe, expect, it } from "vitest";
import { interval } from "../../src/expression/interval.ts";
import { parse } from "../../src/expression/parse.ts";
import { timeScale } from "../../src/expression/time-scale.ts";

const scaleOf = (text: string, end: number, box = {}) =>
  timeScale(parse(text, { names: ["t", ...Object.keys(box)] }), end, box).resolution;

describe("the scale in time of a typed expression", () => {
  it.each([
    ["0.4*cos(2*pi*10*t)", 200, 1 / (20 * Math.PI)],
    ["0.2*cos(30*t)*cos(31*t) + 5", 40, 1 / 61],
    ["0.4*exp(-((t - 20)/2)^2)", 40, 1],
    ["exp(-((t - 0.3137e-6)/2e-11)^2)*mx", 1e-6, 1e-11],
    ["sin(30*sin(t))", 20, 1 / 30],
    ["max(0, t - 100)*1e-3", 200, 100],
    ["min(max((t-100)/1e-6,0),1) - min(max((t-107)/1e-6,0),1)", 200, 7],
    ["max(0, 1 - abs(t - 50)/0.01)", 200, 0.01],
    // more jumps and kinks than can be listed
    ["1e6*t - floor(1e6*t)", 1, 1e-6],
    ["floor(1e200*t)/1e200", 1, 1e-200],
    // the curvature is no number
    ["sin(1e200*t)", 1, 1e-200],
    ["sqrt(t)", 5, Number.POSITIVE_INFINITY],
    ["1 + 3*t", 5, Number.POSITIVE_INFINITY],
    ["mx^2", 5, Number.POSITIVE_INFINITY],
  ])("%s", (text, end, scale) => {
    const found = scaleOf(text, end);
    if (scale === Number.POSITIVE_INFINITY) expect(found).toBe(scale);
    else expect(Math.abs(found / scale - 1)).toBeLessThan(0.1);
  });

  it("is the shortest within spreads", () => {
    const box = { w: interval(3, 5) };
    expect(scaleOf("mz*cos(w*t)", 20, box)).toBeCloseTo(1 / 5, 2);
  });
});
