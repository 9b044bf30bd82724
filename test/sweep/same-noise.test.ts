import { expect, it } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { runPoints } from "../../src/sweep/run-points.ts";
import { planOf } from "./plan-of.ts";

/* A hundredth of a field differs little beside the noise of 40 spins. */
const experiment = {
  magnet: { delta: 2, alpha: 0.3 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, 0] },
  ],
  initial: { type: "direction", m: [1, 0, 0] },
  ensemble: 40,
  time: { duration: 1, step: 0.05 },
  compare: "none",
  observables: [{ type: "moments", times: 1 }],
};
const points = 16;

/** The figure at 16 points close together, whose true values lie nearly on a line. */
async function valuesOf(commonRandomNumbers: boolean): Promise<number[]> {
  const vary = { "energies.1.B_ext.2": { from: 0.3, to: 0.31, count: points } };
  const plan = await planOf(vary, experiment, { commonRandomNumbers });
  const values: number[] = [];
  const options = { backend: wasm, threads: 1 };
  for await (const { record } of runPoints(plan, [...plan.points.keys()], options))
    values.push(record.values["moments.mz"] as number);
  return values;
}

const differencesOf = (values: readonly number[]): number[] => values.slice(1).map((x, i) => x - values[i]);
const variance = (of: readonly number[]): number => {
  const mean = of.reduce((a, b) => a + b, 0) / of.length;
  return of.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (of.length - 1);
};

it("the same noise at every point makes differences between points far less noisy, and not the points", async () => {
  const [own, common] = [await valuesOf(false), await valuesOf(true)];
  // the spread of neighbours' differences about their mean is noise alone: the curve bends by less than 1e-5 here
  expect(variance(differencesOf(own)) / variance(differencesOf(common))).toBeGreaterThan(1000);
  // one draw of that noise for all points is as far off as any
  const noise = Math.sqrt(variance(own));
  const mean = own.reduce((a, b) => a + b, 0) / points;
  for (const value of common) expect(Math.abs(value - mean)).toBeLessThan(5 * noise);
});
