import { expect, it } from "vitest";
import type { Backend } from "../../src/ensemble/kernel.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { run } from "../../src/run/run.ts";

const cold = {
  magnet: { delta: 1e9, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0.01, 0, 0] },
  ],
  initial: { type: "direction", m: [0, 0.6, 0.8] },
  ensemble: 50,
  seed: 3,
  compare: "none",
  time: { duration: 20, step: 0.05 },
  observables: [{ type: "moments", times: [0, 1, 2, 3, 5, 8, 12, 20] }],
};

it("a mean of directions closer than the counters resolve has the error of what they do not", async () => {
  const momentsOf = async (backend: Backend) => {
    const [moments] = (await run(cold, { backend })).observables;
    if (moments.type !== "moments") throw new Error("moments were asked for");
    return moments;
  };
  const [found, spins] = [await momentsOf(wasm), await momentsOf(reference)];
  found.mStandardError.slice(1).forEach((errors, k) => {
    errors.forEach((error, i) => {
      // the same noise in float64
      expect(Math.abs(found.m[k + 1][i] - spins.m[k + 1][i])).toBeLessThan(error);
      expect(error).toBeLessThan(2e-4);
      // what a scatter of one unit of the grid, 2^−23, makes
      expect(error).toBeGreaterThan(Math.sqrt(2 ** -23 / 49));
    });
  });
  // all start in one direction
  expect(found.mStandardError[0]).toEqual([0, 0, 0]);
});
