import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { parse } from "../../src/expression/parse.ts";
import { timeline } from "../../src/expression/timeline.ts";

const typed = (text: string) => parse(text, { names: ["t"], withoutMagnetization: true });
const of = (text: string, to: number) => timeline([typed(text)], 0, to);

describe("what drives do in time", () => {
  it("finds kinks and jumps", () => {
    expect(of("max(0, t - 100)*1e-3", 200).breakpoints).toEqual([expect.closeTo(100, 9)]);
    expect(of("abs(sin(t))", 10).breakpoints).toEqual([1, 2, 3].map((n) => expect.closeTo(n * Math.PI, 9)));
    expect(of("floor(t/3) - 3*floor(t/9)", 10).breakpoints).toEqual(
      [3, 6, 9].map((t) => expect.closeTo(t, 9)),
    );
    expect(of("min(max((t-100)/0.01,0),1) - min(max((t-100.02)/0.01,0),1)", 200).breakpoints).toEqual(
      [100, 100.01, 100.02, 100.03].map((t) => expect.closeTo(t, 9)),
    );
    // it touches and turns back: no kink
    expect(of("max(0, -(t - 5)^2)", 200).breakpoints).toEqual([]);
  });

  it.each([
    ["exp(-((t - 0.3137e-6)/1e-11)^2)", 1e-6, 0.3137e-6, 1e-11],
    ["sin(1e3*t)*exp(-((t - 71.234)/1e-3)^2)", 200, 71.234, 5e-4],
    ["max(0, 1 - abs(t - 1234.5)/0.01)", 1e4, 1234.5, 0.02],
  ])("finds the pulse in %s, and proves that nothing else changes", (text, to, centre, longest) => {
    const { stretches, isComplete } = of(text, to);
    expect(isComplete).toBe(true);
    const changing = stretches.filter(({ isConstant }) => !isConstant);
    expect(
      changing.every(({ from, to: end }) => Math.abs(from - centre) < 0.01 * to && end - from < 0.01 * to),
    ).toBe(true);
    const there = stretches.find(({ from, to: end }) => from <= centre && centre < end)!;
    expect(there.longestStep).toBeLessThanOrEqual(longest);
    expect(stretches[0].isConstant && stretches[stretches.length - 1].isConstant).toBe(true);
  });

  it.each([
    ["0.4*cos(2*pi*10*t)", 200],
    ["sin(30*sin(t))*exp(-t/3) + 0.2*t", 20],
    ["cos(40*t)*cos(41*t)", 30],
    ["sqrt(t) + abs(t - 3)", 7],
  ])("follows %s by straight lines between steps", (text, to) => {
    const value = compileScalar(typed(text), ["t"]);
    const { stretches, isComplete } = of(text, to);
    expect(isComplete).toBe(true);
    expect(stretches[0].from).toBe(0);
    expect(stretches[stretches.length - 1].to).toBe(to);
    for (const { from, to: end, longestStep } of stretches) {
      const h = Math.min(longestStep, end - from);
      if (!(h > 1e-9 * to)) continue;
      for (let k = 0; k < 20; k++) {
        const start = from + ((end - from - h) * k) / 19;
        const straight = (value(start) + value(start + h)) / 2;
        expect(Math.abs(value(start + h / 2) - straight)).toBeLessThan(1.5e-3 * 5);
      }
    }
  });

  it("says when choices change too often", () => {
    expect(of("floor(sin(1e7*t))", 100).isComplete).toBe(false);
  });
});
