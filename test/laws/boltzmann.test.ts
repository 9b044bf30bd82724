import { describe, expect, it } from "vitest";
import { integrators } from "../../src/integrators/index.ts";
import type { ObservedMoments } from "../../src/observables/moments/count.ts";
import { evenEdges } from "../../src/physics/binning.ts";
import { readProblem, tiltedJunction } from "../platform/scenarios.ts";
import { simulated } from "../with-ensemble.ts";
import { backends } from "./backends.ts";

/** ∫ g(c) exp(Δc²) dc over ∫ exp(Δc²) dc on [−1, 1] by Simpson's rule. */
function mean(delta: number, g: (c: number) => number): number {
  const n = 4000;
  let [top, bottom] = [0, 0];
  for (let i = 0; i <= n; i++) {
    const c = -1 + (2 * i) / n;
    const weight = (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(delta * (c * c - 1));
    top += weight * g(c);
    bottom += weight;
  }
  return top / bottom;
}

/** Steps at which each scheme's bias stays below the statistical errors here; another scheme takes its longest steps. */
const stepOf: Record<string, number> = {
  splitting: 0.25,
  magnus: 0.25,
  heun: 0.03,
  "semi-implicit": 0.08,
  "implicit-midpoint": 0.1,
};
const schemes = Object.keys(integrators);
const present = backends.filter(({ reason }) => reason === undefined);

describe.each(present)("$backend.name", ({ backend, spins }) => {
  it.each(schemes.flatMap((name) => [0, 1, 2, 5].map((delta) => [name, delta] as const)))(
    "%s relaxes a uniform ensemble to Boltzmann's law at a barrier of %f kT",
    async (integrator, delta) => {
      const alpha = 0.4;
      const model = tiltedJunction({ delta, alpha });
      const timeStep = stepOf[integrator] ?? integrators[integrator].stepLimit;
      // the slowest relaxation inside the wells takes a few 1/(2αλ), λ ≥ ½; the wells fill evenly from the start
      const steps = Math.ceil(24 / timeStep);
      const free = {
        ...model,
        dynamics: { ...model.dynamics, psi: model.dynamics.diffusion, omega: model.dynamics.diffusion },
      };
      const problem = readProblem({
        ...(delta === 0 ? free : model),
        integrator,
        timeStep,
        steps,
        ensemble: spins,
        seed: 11 + delta,
        initial: { isotropic: true },
        observables: [{ type: "moments", name: "moments", steps: [steps] }],
      });
      const { observations, outcome } = await simulated(problem, backend);
      expect(outcome).toBe("complete");
      const { m, mm, mStandardError, mmStandardError } = (observations[0] as ObservedMoments).records[0]
        .value;
      const zz = mean(delta, (c) => c * c);
      const exact = [(1 - zz) / 2, (1 - zz) / 2, zz, 0, 0, 0];
      // fixed seeds; 4.5 standard errors is a chance of 7e-6 per figure; 3e-4 is the stated bias of these steps
      for (let i = 0; i < 3; i++) expect(Math.abs(m[i])).toBeLessThan(4.5 * mStandardError[i]);
      for (let i = 0; i < 6; i++)
        expect(Math.abs(mm[i] - exact[i])).toBeLessThan(4.5 * mmStandardError[i] + 3e-4);
    },
  );

  it("free spins that start along (1,1,1) stay isotropic about it and forget it as exp(−2Dt)", async () => {
    const n = 1 / Math.sqrt(3);
    const diffusion = { ...tiltedJunction({ delta: 0, alpha: 0.5 }) };
    const still = {
      energy: diffusion.energy,
      dynamics: {
        psi: diffusion.dynamics.diffusion,
        omega: diffusion.dynamics.diffusion,
        diffusion: diffusion.dynamics.diffusion,
      },
    };
    const problem = readProblem({
      ...still,
      timeStep: 0.1,
      steps: 40,
      ensemble: spins,
      initial: { direction: [n, n, n] },
      observables: [
        { type: "moments", name: "moments", steps: [20, 40] },
        {
          type: "histogram",
          name: "along",
          binning: { kind: "projection", axis: [n, n, n], edges: evenEdges(-1, 1, 2) },
          steps: [40],
        },
      ],
    });
    const { observations } = await simulated(problem, backend);
    for (const { step, value } of (observations[0] as ObservedMoments).records) {
      const decay = Math.exp(-2 * 0.25 * step * 0.1);
      for (let i = 0; i < 3; i++)
        expect(Math.abs(value.m[i] - n * decay)).toBeLessThan(4.5 * value.mStandardError[i]);
      // the second harmonic decays as exp(−6Dt): ⟨m_i m_j⟩ = δ/3 + (n_i n_j − δ/3) exp(−6Dt)
      const second = decay ** 3;
      for (let i = 0; i < 6; i++)
        expect(Math.abs(value.mm[i] - (i < 3 ? 1 / 3 : second / 3))).toBeLessThan(
          4.5 * value.mmStandardError[i] + 3e-4,
        );
    }
  });
});
