import { describe, expect, it } from "vitest";
import { substitute } from "../../src/expression/rewrite.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { firstPassage } from "../../src/fokker-planck/first-passage.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/solve.ts";
import { predictPassage } from "../../src/fokker-planck/switching.ts";
import type { PlannedPassage } from "../../src/observables/first-passage/spec.ts";
import type { Dynamics } from "../../src/physics/dynamics.ts";
import type { InitialLaw } from "../../src/physics/initial/initial-law.ts";
import { readProblem } from "../../src/run/run.ts";

/** Trapezoidal rule in the normal deviate, written anew: lognormal of mean 1, or normal of mean 1. */
function bruteForce(
  experiment: Parameters<typeof readProblem>[0],
  spacing: number,
  figures: (dynamics: Dynamics, initial: InitialLaw) => readonly number[],
): number[] {
  const { spreads, dynamics, initial } = readProblem(experiment);
  const [{ name, deviation, distribution }] = spreads;
  const sum: number[] = [];
  let whole = 0;
  for (let k = -Math.round(5 / spacing); k * spacing <= 5 + 1e-9; k++) {
    const z = k * spacing;
    const variance = Math.log(1 + deviation ** 2);
    const value =
      distribution === "normal" ? 1 + deviation * z : Math.exp(Math.sqrt(variance) * z - variance / 2);
    const [psi, omega, diffusion] = substitute([dynamics.psi, dynamics.omega, dynamics.diffusion], {
      [name]: value,
    });
    const weight = Math.exp((-z * z) / 2);
    figures({ psi, omega, diffusion }, initial).forEach((x, i) => {
      sum[i] = (sum[i] ?? 0) + weight * x;
    });
    whole += weight;
  }
  return sum.map((x) => x / whole);
}

const meansOfMz =
  (times: readonly number[]) =>
  (dynamics: Dynamics, initial: InitialLaw): number[] =>
    demand(demand(solveFokkerPlanck(dynamics)).evolve(initial, times)).map(({ m }) => m[2]);

describe("remanence of particles with a lognormal spread of volumes", () => {
  const experiment = {
    magnet: {
      Ms: 4.0e5,
      volume: { mean: 1.0e-24, deviation: 4.0e-25, distribution: "lognormal" },
      alpha: 0.1,
      temperature: 300,
    },
    energies: [{ type: "uniaxial", Ku1: 2.0e4, anisU: [0, 0, 1] }],
    initial: { type: "direction", m: [0, 0, 1] },
    ensemble: 20000,
    time: { duration: 2.0e-7 },
    observables: [{ type: "moments", times: [5.0e-8, 1.0e-7, 2.0e-7] }],
  };

  it("is what finite volumes and many particles give", () => {
    const problem = readProblem(experiment);
    const [moments] = problem.observables;
    const steps = moments.steps ?? [];
    const found = demand(predict(problem)).densities(steps);
    const values = demand(found).map(({ m }) => m[2]);
    // finite volumes on the sphere, computed without this project, to 2e-5; nine Gauss-Hermite nodes err by up to 3e-3
    [0.27691, 0.18481, 0.11943].forEach((right, i) => {
      expect(Math.abs(values[i] - right)).toBeLessThan(2.5e-5);
    });
    // what 20 000 spins see is 7e-3
    expect(found.errorEstimate).toBeLessThan(5e-5);
    const times = steps.map((step) => step * problem.timeStep);
    const right = bruteForce(experiment, 0.1, meansOfMz(times));
    values.forEach((value, i) => {
      expect(Math.abs(value - right[i])).toBeLessThan((found.errorEstimate ?? 0) + 1e-7);
    });
  });
});

describe("a spread in which some spins are unstable", () => {
  // the torque is critical for Ku1 at its mean: weaker ones switch at once, stronger ones hold for long
  const experiment = {
    magnet: { delta: 30, alpha: 0.1 },
    energies: [{ type: "uniaxial", Ku1: { mean: 1, deviation: 0.1 }, anisU: [0, 0, 1] }],
    torques: [{ type: "spinTransfer", dampingLike: 0.08, polarizer: [0, 0, 1] }],
    initial: { type: "direction", m: [0, 0, 1] },
    ensemble: 20000,
    time: { duration: 200 },
    observables: [
      { type: "moments", times: [40, 200] },
      { type: "firstPassage", until: "mz < 0" },
    ],
  };

  it("moments and survival agree with many solutions", () => {
    const problem = readProblem(experiment);
    const [moments, passage] = problem.observables;
    const steps = moments.steps ?? [];
    const prediction = demand(predict(problem));
    const found = prediction.densities(steps);
    const times = steps.map((step) => step * problem.timeStep);
    // half this spacing moves these figures by less than 3e-7
    const right = bruteForce(experiment, 0.4, meansOfMz(times));
    demand(found).forEach(({ m }, i) => {
      expect(Math.abs(m[2] - right[i])).toBeLessThan((found.errorEstimate ?? 0) + 1e-6);
    });
    expect(found.errorEstimate).toBeLessThan(1e-4);
    const { survival } = demand(
      predictPassage(problem, prediction, (passage as PlannedPassage).until, times),
    );
    const alive = bruteForce(experiment, 0.4, (dynamics, initial) =>
      demand(firstPassage(dynamics, { axis: [0, 0, 1], from: 0, to: 1 }, initial, times).survival),
    );
    const { errorEstimate = 1 } = survival;
    demand(survival).forEach((p, i) => {
      expect(Math.abs(p - alive[i])).toBeLessThan(errorEstimate + 1e-6);
    });
    expect(errorEstimate).toBeLessThan(1e-3);
  });
});

it("a passage under a drive, over a spread, is that of implicit steps in finite volumes", () => {
  const problem = readProblem({
    magnet: { delta: 2, alpha: 0.3 },
    energies: [
      { type: "uniaxial", Ku1: { mean: 1, deviation: 0.1, distribution: "normal" } },
      { type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.35, frequency: 0.05, phase: 1 } }] },
    ],
    initial: { type: "direction", m: [0, 0, 1] },
    time: { duration: 6 },
    observables: [{ type: "firstPassage", until: "mz < 0.3" }],
  });
  const { until } = problem.observables[0] as PlannedPassage;
  const { survival, mean } = demand(predictPassage(problem, demand(predict(problem)), until, [3, 6]));
  // computed without this project
  [0.9092049, 0.7168899].forEach((right, i) => {
    expect(Math.abs(demand(survival)[i] - right)).toBeLessThan(2e-6);
  });
  expect(mean.value).toBeNull();
  expect(mean.reason).toBe("the mean depends on the drive at all later times");
});
