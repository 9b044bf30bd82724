import { expect, it } from "vitest";
import { estimatePole } from "../../src/traces/hidden-markov/pole.ts";
import { guessedPole } from "../../src/traces/hidden-markov/slow-pole.ts";
import { startingPoint } from "../../src/traces/hidden-markov/start.ts";
import { synthetic } from "./synthetic.ts";

/** Pole times the time between samples. */
const behind = (pole: number, samples: number) =>
  synthetic({
    samples,
    sampleTime: 1,
    dwell: [12 / pole, 6 / pole],
    levels: [0, 1],
    noise: 0.2,
    bandwidth: pole / (2 * Math.PI),
    seed: 4,
  });

it.each([0.05, 0.12, 0.28])("the mean squares of differences show a pole of %f a sample", (pole) => {
  expect(Math.abs(Math.log(guessedPole(behind(pole, 20_000)) / pole))).toBeLessThan(0.4);
});

it("a slow pole is found without trying all others", () => {
  const values = behind(0.12, 6000);
  let evaluations = 0;
  const { telegraph, freePole } = estimatePole(values, 1, startingPoint(values, 1, 2, null), () => {
    evaluations++;
  });
  expect(freePole).toBe(true);
  expect(Math.abs(Math.log((telegraph.pole as number) / 0.12))).toBeLessThan(0.1);
  // 300 and more if each of six poles is tried
  expect(evaluations).toBeLessThan(200);
});
