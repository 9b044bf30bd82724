import { expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { synthetic } from "./synthetic.ts";

it.each([
  [0.05, 0.2],
  [0.02, 0.25],
  [0.02, 1],
])("noise %d below steps of the converter of %d: dwell times all the same, and a warning", (noise, step) => {
  const plain = { samples: 8000, sampleTime: 1e-9, dwell: [20e-9, 10e-9], levels: [0.03, 1.03], seed: 4 };
  const values = synthetic({ ...plain, noise }).map((value) => Math.round(value / step) * step);
  const { dwell, warnings } = analyseTrace({ values, breaks: [] }, values.length, 1e-9, { bandwidth: null });
  for (const [{ low, high }, truth] of [
    [dwell.down, 20e-9],
    [dwell.up, 10e-9],
  ] as const) {
    expect(low).toBeLessThan(truth);
    expect(high).toBeGreaterThan(truth);
    expect(high / low).toBeLessThan(1.5);
  }
  expect(warnings).toEqual([expect.stringMatching(/converter's steps, of .* are larger than the noise/)]);
});
