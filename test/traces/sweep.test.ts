import { expect, it } from "vitest";
import { fitLeastSquares } from "../../src/statistics/fit.ts";
import { profileIntervals } from "../../src/statistics/profile.ts";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { settingsInNames } from "../../src/traces/settings-in-names.ts";
import { sweepOf } from "../../src/traces/sweep.ts";
import { synthetic } from "./synthetic.ts";

it("a sweep gives the logarithm of the ratio and the sigmoid of the occupation", () => {
  // ln(τ up/τ down) = 3 (x − 0.2)
  const traces = [-0.2, 0, 0.2, 0.4].map((value, i) => {
    const half = 1.5 * (value - 0.2);
    const dwell = [20e-9 * Math.exp(-half), 20e-9 * Math.exp(half)];
    const values = synthetic({
      samples: 12_000,
      sampleTime: 2e-9,
      dwell,
      levels: [1.2, 1.5],
      noise: 0.09,
      seed: 40 + i,
    });
    return {
      value,
      dwell: analyseTrace({ values, breaks: [] }, values.length, 2e-9, { bandwidth: null }).dwell,
    };
  });
  const { points, sigmoid } = sweepOf(traces);
  for (const { value, lnRatio, lnRatioError } of points) {
    expect(Math.abs(lnRatio - 3 * (value - 0.2))).toBeLessThan(3.5 * lnRatioError);
    expect(lnRatioError).toBeLessThan(0.12);
  }
  if (!sigmoid) throw new Error("four values give a sigmoid");
  expect(Math.abs(sigmoid.slope - 3)).toBeLessThan(3 * sigmoid.slopeError);
  expect(Math.abs(sigmoid.midpoint - 0.2)).toBeLessThan(3 * sigmoid.midpointError);
  expect(sigmoid.midpointError).toBeLessThan(0.03);
  expect(sigmoid.pValue as number).toBeGreaterThan(1e-3);
});

it("swept values are the numbers of names that differ", () => {
  expect(settingsInNames(["I=-1.2mA_300K", "I=0.5mA_300K"])).toEqual([-1.2e-3, 0.5e-3]);
  expect(settingsInNames(["field 10", "field 2.5e1"])).toEqual([10, 25]);
  expect(() => settingsInNames(["a1_2", "a3_4"])).toThrow(/2 numbers differ/);
  expect(() => settingsInNames(["a", "b"])).toThrow(/no number differs/);
  expect(() => settingsInNames(["a1", "b"])).toThrow(/same count/);
});

it("profile intervals are the linearized ones for a line, and follow the curve of an exponential", () => {
  const x = [0, 1, 2, 3];
  const problem = (model: (v: readonly number[]) => number[], data: number[]) => ({
    parameters: [
      { name: "a", initial: 1 },
      { name: "b", initial: 1 },
    ],
    model,
    data,
    standardErrors: data.map(() => 0.1),
  });
  const line = problem(([a, b]) => x.map((t) => a + b * t), [1, 3.1, 4.9, 7]);
  const fit = fitLeastSquares(line);
  profileIntervals(line, fit).forEach((interval, k) => {
    const error = fit.standardErrors[k] as number;
    expect(Math.abs((interval?.low as number) - (fit.intervals[k]?.low as number))).toBeLessThan(
      0.02 * error,
    );
    expect(Math.abs((interval?.high as number) - (fit.intervals[k]?.high as number))).toBeLessThan(
      0.02 * error,
    );
  });
  const decay = problem(([a, b]) => x.map((t) => a * Math.exp(-b * t)), [1, 0.22, 0.02, 0.05]);
  const curved = fitLeastSquares(decay);
  const [, rate] = profileIntervals(decay, curved);
  // a decay that is fast cannot be told from a faster one: the upper end is the farther
  const [up, down] = [(rate?.high as number) - curved.values[1], curved.values[1] - (rate?.low as number)];
  expect(up).toBeGreaterThan(1.1 * down);
});
