import { expect, it } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { run } from "../../src/run/run.ts";

/** ⟨1 − mz²⟩ of a density exp(Δ mz²) on the sphere. */
function offAxis(delta: number): number {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < 4000; i++) {
    const z = (i + 0.5) / 4000;
    const p = Math.exp(delta * (z * z - 1));
    sum += (1 - z * z) * p;
    weight += p;
  }
  return sum / weight;
}

it("a start of cold particles of many volumes is drawn at once, each by its own barrier", async () => {
  const [mean, deviation] = [4e-25, 6e-26];
  const { observables } = await run(
    {
      magnet: {
        Ms: 8e5,
        volume: { mean, deviation, distribution: "lognormal" },
        alpha: 0.05,
        temperature: 20,
      },
      energies: [{ type: "uniaxial", Ku1: 4e4 }],
      initial: { type: "boltzmann" },
      ensemble: 2000,
      seed: 1,
      time: { duration: 1e-11 },
      observables: [{ type: "moments", times: 1 }],
      compare: "none",
    },
    { backend: wasm },
  );
  const [moments] = observables;
  if (moments.type !== "moments") throw new Error("moments were asked for");
  const width = Math.sqrt(Math.log(1 + (deviation / mean) ** 2));
  const normal = Array.from({ length: 161 }, (_, i) => (i - 80) / 16);
  const weight = normal.map((x) => Math.exp((-x * x) / 2));
  const total = weight.reduce((a, b) => a + b, 0);
  const expected = normal.reduce((sum, x, i) => {
    const volume = mean * Math.exp(width * x - width ** 2 / 2);
    return sum + (weight[i] / total) * offAxis((4e4 * volume) / (1.380649e-23 * 20));
  }, 0);
  const [found, error] = [1 - moments.mm[0][2], moments.mmStandardError[0][2]];
  expect(error).toBeLessThan(0.03 * expected);
  expect(Math.abs(found - expected)).toBeLessThan(4 * error);
});
