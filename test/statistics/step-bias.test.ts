import { describe, expect, it } from "vitest";
import { plan } from "../../src/ensemble/plan.ts";
import { simulate } from "../../src/ensemble/simulate.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { demand } from "../../src/fokker-planck/index.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { problemOf, withSoundStep } from "../../src/run/run.ts";
import { stepBias } from "../../src/statistics/step-bias.ts";

const oblique = (integrator: string, step: number | "auto", more: object = {}) =>
  problemOf({
    magnet: { delta: 5, alpha: 0.1 },
    energies: [
      { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] },
      { type: "zeeman", B_ext: [0.2, 0, 0] },
    ],
    initial: { type: "boltzmann" },
    ensemble: 200000,
    time: { duration: 160, step, integrator },
    observables: [{ type: "moments", times: [100, 130, 160] }],
    ...more,
  });

const biasOf = (problem: ReturnType<typeof oblique>): number =>
  demand(stepBias(problem, demand(predict(problem)).members[0].solution)).moments;

describe("the bias of a time step, computed without sampling", () => {
  it("is the measured one of the splitting", () => {
    // ⟨mz²⟩ of this magnet at h = 0.4 was measured on five backends: −2.0e-4 with an error of 0.5e-4
    expect(biasOf(oblique("splitting", 0.4))).toBeGreaterThan(1e-4);
    expect(biasOf(oblique("splitting", 0.4))).toBeLessThan(3e-4);
  });

  it("falls with the square of the splitting's step", () => {
    const ratio = biasOf(oblique("splitting", 0.4)) / biasOf(oblique("splitting", 0.2));
    expect(ratio).toBeGreaterThan(3.3);
    expect(ratio).toBeLessThan(4.7);
  });

  it("is what an ensemble of Heun steps shows", async () => {
    const problem = oblique("heun", 0.4);
    const prediction = demand(predict(problem));
    const expected = biasOf(problem);
    const planned = plan(problem);
    const ensemble = await wasm.prepare(planned.kernel, planned.filling);
    const { observations } = await simulate(problem, planned, ensemble);
    await ensemble.dispose();
    const exact = demand(prediction.stationary());
    if (observations[0].type !== "moments") throw new Error("moments expected");
    const found = Math.max(
      ...[0, 1, 2].map((i) => {
        if (observations[0].type !== "moments") return 0;
        const { records } = observations[0];
        return Math.abs(records.reduce((sum, r) => sum + r.value.m[i], 0) / records.length - exact.m[i]);
      }),
      ...[0, 1, 2, 3, 4, 5].map((i) => {
        if (observations[0].type !== "moments") return 0;
        const { records } = observations[0];
        return Math.abs(records.reduce((sum, r) => sum + r.value.mm[i], 0) / records.length - exact.mm[i]);
      }),
    );
    // first order of the bias only: a quarter of it may come from higher orders; 1.5e-3 is three standard errors of ⟨mz⟩
    expect(Math.abs(found - expected)).toBeLessThan(0.25 * expected + 1.5e-3);
  });

  it("shortens an automatic step until it is below the limit", () => {
    const problem = oblique("semi-implicit", "auto");
    const limit = 0.3 * biasOf(problem);
    const sound = withSoundStep(problem, limit).problem;
    expect(sound.timeStep).toBeLessThan(0.5 * problem.timeStep);
    expect(biasOf(sound)).toBeLessThanOrEqual(limit);
    expect(withSoundStep(problem).problem.timeStep).toBe(problem.timeStep);
  });
});
