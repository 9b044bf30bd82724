import { expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { synthetic } from "./synthetic.ts";

const analyse = (values: Float64Array, sampleTime: number) =>
  analyseTrace({ values, breaks: [] }, values.length, sampleTime, { bandwidth: null });
const plain = { dwell: [20e-9, 10e-9], levels: [0, 1], sampleTime: 1e-9, noise: 0.2 };

it.each([0.3, 0.65])("a jump of the levels at %d of the trace is named with its place", (place) => {
  const samples = 30_000;
  const values = synthetic({ ...plain, samples, seed: 12 });
  const { stationarity, warnings } = analyse(
    values.map((value, i) => value + (i < place * samples ? 0 : 0.05)),
    1e-9,
  );
  for (const level of ["level 0", "level 1"]) {
    const found = stationarity.find(({ parameter }) => parameter === level);
    expect(found?.jumpPValue).toBeLessThan(1e-4);
    // a jump of a quarter of the noise shows its place to some hundred of 30 000 samples
    expect(Math.abs((found?.jumpAt as number) - place)).toBeLessThan(0.02);
    expect(warnings.join("\n")).toContain(`${level} changes along the trace, most clearly at`);
  }
  // the rates stay the same
  for (const { parameter, jumpPValue } of stationarity)
    if (parameter.startsWith("ln rate")) expect(jumpPValue).toBeGreaterThan(1e-3);
});

it("dwells of a gamma law are found not to be exponential, exponential ones of the same means are", () => {
  const of = (shape: number) =>
    analyse(synthetic({ ...plain, noise: 0.1, samples: 30_000, seed: 21, shape }), 1e-9);
  const [exponential, gamma] = [of(1), of(3)];
  for (const { pValue } of exponential.exponentiality) expect(pValue as number).toBeGreaterThan(1e-3);
  expect(exponential.warnings).toEqual([]);
  for (const { pValue, level } of gamma.exponentiality) {
    expect(pValue as number).toBeLessThan(1e-4);
    expect(gamma.warnings.join("\n")).toContain(`dwell times at ${level} are not exponential`);
  }
});
