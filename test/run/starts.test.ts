import { describe, expect, it } from "vitest";
import { run } from "../../src/run/run.ts";

describe("a start in a well", () => {
  it.each([
    ["along z", [0, 0, 1], [0.6, 0, 0.8]],
    ["tilted", [0.48, 0.6, 0.64], [0, 0, 1]],
  ])("is the whole ring of an easy cone, on both sides: %s", async (_, anisU, m) => {
    const result = await run(
      {
        magnet: { delta: 15, alpha: 0.05 },
        energies: [{ type: "uniaxial", Ku1: 1, Ku2: -0.8, anisU }],
        initial: { type: "well", m },
        ensemble: 4000,
        seed: 1,
        time: { duration: 4 },
        observables: [{ type: "moments", times: [0, 4] }],
      },
      { backend: "wasm" },
    );
    expect(result.certificate?.passed).toBe(true);
    const along = (v: readonly number[] | undefined) =>
      (v ?? []).reduce((sum, part, i) => sum + part * (anisU[i] / Math.hypot(...anisU)), 0);
    // ∫ z exp(−U) dz / ∫ exp(−U) dz over the upper half, U = −15 z² + 12 z⁴
    let [first, total] = [0, 0];
    for (let i = 0; i < 2000; i++) {
      const z = (i + 0.5) / 2000;
      const weight = Math.exp(15 * z ** 2 - 12 * z ** 4);
      first += z * weight;
      total += weight;
    }
    expect(along(result.fokkerPlanck?.evolution?.[0].m)).toBeCloseTo(first / total, 3);
  });
});
