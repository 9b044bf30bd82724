import { expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { seeded } from "../statistics/seeded.ts";
import { synthetic } from "./synthetic.ts";

const clean = synthetic({
  samples: 3000,
  sampleTime: 1,
  dwell: [40, 20],
  levels: [0, 1],
  noise: 0,
  seed: 5,
});

/** The levels with a noise of one's own; whether a warning says that it is not as the model has it. */
function warnedOf(noise: (random: ReturnType<typeof seeded>) => number, step = 0): boolean {
  const random = seeded(6);
  const values = clean.map((level) => {
    const value = level + noise(random);
    return step > 0 ? step * Math.round(value / step) : value;
  });
  const { warnings } = analyseTrace({ values, breaks: [] }, values.length, 1, { bandwidth: null });
  return warnings.some((warning) => warning.includes("the noise is neither normal"));
}

it("noise that is skewed is named", () => {
  expect(warnedOf((random) => 0.15 * random.exponential())).toBe(true);
});

it("normal noise is not, nor the steps of a converter", () => {
  expect(warnedOf((random) => 0.25 * random.normal())).toBe(false);
  expect(warnedOf((random) => 0.2 * random.normal(), 0.25)).toBe(false);
});

it("nor is it one that no pole shows", () => {
  const random = seeded(7);
  const values = clean.map((level) => level + 0.2 * random.normal());
  const { warnings, bandwidth } = analyseTrace({ values, breaks: [] }, values.length, 1);
  expect([bandwidth, warnings]).toEqual([null, []]);
});
