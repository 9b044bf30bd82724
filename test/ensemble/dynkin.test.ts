import { describe, expect, it } from "vitest";
import { simulate } from "../../src/ensemble/simulate.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { run } from "../../src/index.ts";
import { plan } from "../../src/observables/plan.ts";
import { compareWithGenerator, dynkinResult } from "../../src/run/dynkin-result.ts";
import { readProblem } from "../../src/run/run.ts";
import { withEnsemble } from "../with-ensemble.ts";

/*
 * Dynkin's formula d⟨f⟩/dt = ⟨L f⟩ along a run, with an ensemble that runs other dynamics than the one it is held against.
 */

const experiment = (delta: number, field: number) => ({
  magnet: { delta, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0.2, 0, field] },
  ],
  initial: { type: "direction", m: [0.6, 0, 0.8] },
  ensemble: 100_000,
  seed: 5,
  time: { duration: 20, step: 0.15, integrator: "splitting" },
  observables: [],
});

/** The run of one problem's spins with the step of another, held against the first. */
async function held(stepped: object, against: object = experiment(4, 0.1)) {
  const problem = readProblem(against);
  const planned = plan(problem);
  const { step } = plan(readProblem(stepped)).kernel;
  return withEnsemble(
    wasm.prepare({ ...planned.kernel, step }, planned.filling, { threads: 1 }),
    async (ensemble) => {
      const simulation = await simulate(problem, planned, ensemble);
      const [{ pValue }] = compareWithGenerator(problem, simulation);
      return { pValue: pValue ?? Number.NaN, result: dynkinResult(problem, simulation) };
    },
  );
}

describe("Dynkin's formula", () => {
  it("holds along a correct run, the scheme's own shift included", async () => {
    const { pValue, result } = await held(experiment(4, 0.1));
    expect(pValue).toBeGreaterThan(1e-3);
    const [{ residual, standardError, schemeShift, smallestErrorSeen }] = result.windows;
    expect(residual).toHaveLength(9);
    residual.forEach((x, k) => {
      expect(Math.abs(x - schemeShift[k])).toBeLessThan(5 * standardError[k] + 1e-4);
    });
    expect(smallestErrorSeen.diffusion).toBeLessThan(0.1);
    expect(smallestErrorSeen.precession).toBeLessThan(0.1);
  });

  it("holds at the longest steps of a fast precession, with the scheme that turns it exactly and one that does not", async () => {
    for (const integrator of ["magnus", "splitting"] as const) {
      const { dynkin, certificate } = await run(
        {
          magnet: { delta: 60, alpha: 0.003 },
          energies: [{ type: "zeeman", B_ext: [0, 0, 1] }],
          initial: { type: "direction", m: [0.6, 0, 0.8] },
          ensemble: 20_000,
          time: { duration: 20, integrator, step: integrator === "magnus" ? 0.4 : 0.1 },
          observables: [],
        },
        { backend: "wasm" },
      );
      expect(certificate?.passed).toBe(true);
      expect(dynkin?.windows.length).toBeGreaterThan(0);
      for (const { residual, standardError, schemeShift } of dynkin?.windows ?? [])
        residual.forEach((x, k) => {
          const off = Math.abs(x - schemeShift[k]) - 0.05 * Math.abs(schemeShift[k]);
          expect(off).toBeLessThan(5 * standardError[k]);
        });
    }
  });

  it("is not asked of steps that were lengthened beyond what its integral follows, and bounds the integral of those before", async () => {
    const held = (step: number) =>
      run(
        {
          magnet: { delta: 5, alpha: 0.05 },
          energies: [
            { type: "uniaxial", Ku1: 1 },
            { type: "zeeman", B_ext: [0, 0, 3] },
          ],
          initial: { type: "direction", m: [0.6, 0, 0.8] },
          ensemble: 20_000,
          time: { duration: 3.2, integrator: "magnus", step },
          compare: "none",
          observables: [],
        },
        { backend: "wasm" },
      );
    // m turns by 4 a unit of time: 0.8 and 0.6 a step
    const far = await held(0.2);
    expect(far.dynkin?.windows).toHaveLength(0);
    expect(far.dynkin?.reason).toMatch(/turn too far/);
    const { dynkin } = await held(0.15);
    const [{ residual, standardError, quadratureError, schemeShift }] = dynkin?.windows ?? [];
    residual.forEach((x, k) => {
      expect(Math.abs(x - schemeShift[k])).toBeLessThan(
        5 * standardError[k] + 1.05 * quadratureError[k] + 1e-4,
      );
    });
  });

  it("does not hold where the temperature is 8 % higher", async () => {
    expect((await held(experiment(4 / 1.08, 0.1))).pValue).toBeLessThan(1e-6);
  });

  it("does not hold where the field is off by a fiftieth of the anisotropy field", async () => {
    expect((await held(experiment(4, 0.12))).pValue).toBeLessThan(1e-6);
  });

  it("is asked of runs that leave spins alone once they have passed: at first all of them go on", async () => {
    const passing = (field: number) => ({
      ...experiment(4, field),
      // a window of more steps than are taken before spins are left alone
      time: { duration: 20, step: 0.004, integrator: "splitting" },
      // most pass within the first few steps
      observables: [{ type: "firstPassage", until: "mz > 0.6" }],
    });
    const { pValue, result } = await held(passing(0.1), passing(0.1));
    expect(result.windows).toMatchObject([{ from: 0, spins: 100_000 }]);
    expect(pValue).toBeGreaterThan(1e-3);
    expect((await held(passing(0.12), passing(0.1))).pValue).toBeLessThan(1e-4);
  });
});
