import { expect, it } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { fokkerPlanck } from "../../src/library.ts";
import { run } from "../../src/run/run.ts";

it("a passage out of a well in an oblique field has its exact law", () => {
  const { fokkerPlanck: exact } = fokkerPlanck({
    name: "Co nanoparticle, field at 45 degrees",
    magnet: { Ms: 1.4e6, volume: 5.236e-25, alpha: 0.1, temperature: 300 },
    energies: [
      { type: "uniaxial", Ku1: 1.1e5, anisU: [0, 0, 1] },
      { type: "zeeman", B_ext: [0.03, 0, -0.03] },
    ],
    initial: { type: "well", m: [0, 0, 1] },
    ensemble: 10_000,
    time: { duration: 2.0e-8 },
    observables: [{ type: "firstPassage", until: "mz < 0" }],
  });
  const passage = exact?.firstPassage;
  // finite volumes on the half sphere, computed without this project
  expect(Math.abs((passage?.mean ?? 0) / 3.44e-8 - 1)).toBeLessThan(0.02);
  const last = passage?.survival?.value.at(-1) ?? 0;
  // the well, and those near its rim, are left at one rate: nearly exponential
  expect(Math.abs(-2e-8 / Math.log(last) / 3.44e-8 - 1)).toBeLessThan(0.1);
});

it("a passage from a start within a kick of its rim has its exact mean and its quantiles", async () => {
  const [delta, alpha, rim, start] = [4, 0.3, 0.599, 0.6];
  const result = await run(
    {
      magnet: { delta, alpha },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "direction", m: [0.8, 0, start] },
      ensemble: 20_000,
      seed: 1,
      time: { duration: 60 },
      observables: [{ type: "firstPassage", until: `mz < ${rim}` }],
    },
    { backend: wasm, threads: 1 },
  );
  expect(result.certificate?.passed).toBe(true);
  // ∫ dz e^U/(D(1 − z²)) ∫_z^1 e^−U, U = −Δz²: one cell from the rim to the start
  const z = (rim + start) / 2;
  const n = 4000;
  let waits = 0;
  for (let i = 0; i < n; i++) {
    const x = z + ((1 - z) * (i + 0.5)) / n;
    waits += (Math.exp(delta * (x * x - z * z)) * (1 - z)) / n;
  }
  const mean = (waits * (start - rim) * 2 * delta) / alpha / (1 - z * z);
  expect(mean).toBeCloseTo(0.0708, 4);
  expect(Math.abs((result.fokkerPlanck?.firstPassage?.mean ?? 0) / mean - 1)).toBeLessThan(1e-4);
});
