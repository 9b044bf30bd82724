import { describe, expect, it } from "vitest";
import { bounds, supremum } from "../../src/expression/bounds.ts";
import { interval } from "../../src/expression/interval.ts";
import { parse } from "../../src/expression/parse.ts";

const known: [string, Record<string, ReturnType<typeof interval>>, number, number][] = [
  ["-mz^2", {}, -1, 0],
  ["mx*my + 0.3*mz^2", {}, -0.5, 0.5],
  ["-mx^2 + 10*mz^2 + 0.2*mx", {}, -1.2, 10],
  ["mx^4 + my^4 + mz^4", {}, 1 / 3, 1],
  ["theta", {}, 0, Math.PI],
  ["sin(theta)^2*cos(2*phi)", {}, -1, 1],
  ["0.4*cos(2*pi*10*t)", { t: interval(0, 200) }, -0.4, 0.4],
  ["exp(-((t - 0.3137e-6)/1e-11)^2)", { t: interval(0, 1e-6) }, 0, 1],
  ["-mz^2 + 3*exp(-((mz - 0.3137)/0.002)^2)", {}, -1, 2.9016],
  ["(mx*p + 0.1)*max(0, t - 1)", { t: interval(0, 2), p: interval(0.5, 1.5) }, -1.4, 1.6],
  ["floor(t)*mz", { t: interval(0, 3.5) }, -3, 3],
];

describe("bounds on the sphere, in time and over parameters", () => {
  it.each(known)("%s", (text, box, low, high) => {
    const found = bounds(parse(text, { names: Object.keys(box) }), box, { tolerance: 0.02 });
    const near = 0.021 * Math.max(1e-3, Math.abs(low), Math.abs(high));
    expect(found.low.bound).toBeLessThanOrEqual(low + 1e-4);
    expect(found.high.bound).toBeGreaterThanOrEqual(high - 1e-4);
    expect(found.low.bound).toBeGreaterThan(low - near);
    expect(found.high.bound).toBeLessThan(high + near);
    expect(found.high.attained).toBeLessThanOrEqual(found.high.bound);
  });

  it("says so where there is no bound, after limited work", () => {
    const found = (work: number) => supremum(parse("1/(mz - 0.123)^2"), {}, { work });
    expect(found(500).bound).toBe(Number.POSITIVE_INFINITY);
    // after fewer cells the search has not come as near to the pole
    expect(found(20).attained).toBeLessThan(found(500).attained / 1000);
  });
});
