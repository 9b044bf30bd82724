import { describe, expect, it } from "vitest";
import { dyadicTailShift } from "../../src/experiment/dyadic-tails.ts";
import { compileVector } from "../../src/expression/compile.ts";
import { physicalStep } from "../../src/integrators/compose.ts";
import { integrators } from "../../src/integrators/index.ts";
import { factorDense, solveDense } from "../../src/linear-algebra/dense-lu.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { dyadicOutcomes, gaussianOutcomes } from "../../src/random/outcomes.ts";

function uniaxial(delta: number, extra: object = {}) {
  const checked = checkExperiment({
    magnet: { delta, alpha: 0.1 },
    energies: [{ type: "uniaxial", Ku1: 1 }],
    ensemble: 1e9,
    time: { duration: 4e6, step: 0.4, integrator: "splitting" },
    observables: [],
    ...extra,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return reduce(checked.experiment);
}

/**
 * The escape rate of the scheme itself: its transition operator on odd functions of mz, averaged over azimuths, by collocation in
 * Gauss nodes; 1 minus the largest eigenvalue by inverse iteration, which keeps its figures however rare escapes are.
 */
function escapeRate(problem: ReturnType<typeof uniaxial>, law: "dyadic" | "gaussian", half: number): number {
  const size = 2 * half;
  const { nodes } = gaussLegendre(size);
  const weights = [...nodes].map((x, i) =>
    [...nodes].reduce((p, y, j) => (i === j ? p : p / (2 * (x - y))), 1),
  );
  const scheme = integrators[problem.integrator].build(problem.dynamics, problem.timeStep, law);
  const names = ["mx", "my", "mz", "xi1", "xi2", "xi3", "t"];
  const step = compileVector(physicalStep(scheme, problem.timeStep), names);
  const matrix = new Float64Array(half * half);
  const out = new Float64Array(3);
  const azimuths = 4;
  for (let q = 0; q < half; q++) {
    const z = nodes[size - 1 - q];
    const rho = Math.sqrt(1 - z * z);
    matrix[q * half + q] += 1;
    for (let a = 0; a < azimuths; a++) {
      const angle = ((a + 0.5) * Math.PI) / 2 / azimuths;
      for (const { xi, weight } of law === "dyadic" ? dyadicOutcomes : gaussianOutcomes) {
        step(out, 0, rho * Math.cos(angle), rho * Math.sin(angle), z, ...xi, 0);
        const terms = weights.map((w, i) => w / (out[2] - nodes[i]));
        const sum = terms.reduce((x, y) => x + y, 0);
        for (let i = 0; i < half; i++)
          matrix[q * half + i] -= (weight * (terms[size - 1 - i] - terms[i])) / sum / azimuths;
      }
    }
  }
  const factor = factorDense(matrix, half);
  let mode = new Float64Array(half).fill(1);
  let gap = 0;
  for (let round = 0; round < 10; round++) {
    const next = Float64Array.from(mode);
    solveDense(factor, next);
    gap = mode[0] / next[0];
    mode = next.map((x) => x / next[0]);
  }
  return -Math.log1p(-gap) / problem.timeStep;
}

describe("the shift of rare escapes by dyadic variates", () => {
  it.each([12, 16])("is that of the eigenvalues of the transition operator at barrier %d", (delta) => {
    const problem = uniaxial(delta);
    const half = 20 + 2 * delta;
    const measured = Math.log(escapeRate(problem, "dyadic", half) / escapeRate(problem, "gaussian", half));
    const asymptotic = -1.47e-3 * 0.1 ** 2 * 0.4 ** 2 * delta ** 3;
    expect(measured / asymptotic).toBeGreaterThan(0.6);
    expect(measured / asymptotic).toBeLessThan(1);
    // the estimate holds the first correction in 1/Δ too
    expect(dyadicTailShift(problem) / -measured).toBeGreaterThan(1);
    expect(dyadicTailShift(problem) / -measured).toBeLessThan(1.1);
  });

  it("makes automatic variates Gaussian where crossings would show it", () => {
    const lawOf = (delta: number, extra: object) =>
      uniaxial(delta, { time: { duration: 4e5 }, ensemble: 1e5, ...extra }).variates;
    const dwell = { observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }] };
    expect(lawOf(5, dwell)).toBe("dyadic");
    expect(lawOf(20, dwell)).toBe("gaussian");
    expect(lawOf(20, { observables: [{ type: "moments", times: 2 }] })).toBe("dyadic");
    expect(lawOf(20, { ...dwell, time: { duration: 4e5, variates: "dyadic" } })).toBe("dyadic");
  });
});
