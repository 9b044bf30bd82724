import { expect, it } from "vitest";
import { estimateTelegraph } from "../../src/traces/hidden-markov/estimate.ts";
import { synthetic } from "./synthetic.ts";

it.each([1, 2])("levels are not moved by a grid where dwells are short against the pole, seed %i", (seed) => {
  const values = synthetic({
    samples: 20_000,
    sampleTime: 1,
    dwell: [3, 1.5],
    levels: [0, 1],
    noise: 0.1,
    bandwidth: 0.1,
    seed,
  });
  const { telegraph, covariance, free } = estimateTelegraph({ values, breaks: [] }, 1, { bandwidth: 0.1 });
  const first = free.count * (free.count - 1);
  telegraph.levels.forEach((level, s) => {
    const error = Math.sqrt(covariance.get(first + s, first + s));
    expect(error).toBeLessThan(0.004);
    expect(Math.abs(level - s) / error).toBeLessThan(3);
  });
});
