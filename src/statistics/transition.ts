import type { Problem } from "../experiment/problem.ts";
import { compileVector } from "../expression/compile.ts";
import { magnetization } from "../expression/vector.ts";
import { intoFrame, outOfFrame } from "../fokker-planck/frame.ts";
import type { HarmonicIndex, SphereGrid } from "../fokker-planck/harmonics.ts";
import { sphereGrid, synthesizeAll } from "../fokker-planck/harmonics.ts";
import { pointSums } from "../fokker-planck/interpolation.ts";
import type { FokkerPlanckSolution } from "../fokker-planck/solution.ts";
import { physicalStep } from "../integrators/compose.ts";
import { integrators } from "../integrators/index.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import { unitVariates } from "../physics/model.ts";
import { dyadicOutcomes, gaussianOutcomes } from "../random/outcomes.ts";

/**
 * Values of P_h φ − φ on a grid for the coefficients of each φ: the change of the expectation of a function by one
 * step.
 */
export type Change = (functions: readonly Float64Array[]) => Float64Array[];

/**
 * Number of azimuths over which functions of the axis alone are averaged: the law of the dyadic noise has cubic, not
 * spherical, symmetry.
 */
const aroundAxis = 8;

/** The grid that integrates products of two functions, each with coefficients of its own index. */
export const gridFor = (a: HarmonicIndex, b: HarmonicIndex): SphereGrid =>
  sphereGrid(((a.lmax + b.lmax) >> 1) + 4, Math.max(aroundAxis, 4 * Math.ceil((a.mmax + b.mmax + 8) / 4)));

/**
 * The transition operator of one time step on functions in harmonics of `index` and `frame`, with drives as they are at `time`. The
 * expectation is a finite sum over the outcomes of the three variates (of a Gaussian: exact to the ninth moment), so
 * nothing is sampled. `points` is the accuracy of the interpolation.
 */
export function transition(
  problem: Problem,
  { frame, time }: Pick<FokkerPlanckSolution, "frame" | "time">,
  index: HarmonicIndex,
  { rule, azimuths }: SphereGrid,
  points: number,
): Change {
  const { timeStep, variates } = problem;
  const scheme = integrators[problem.integrator].build(
    problem.dynamics,
    timeStep,
    variates,
    problem.breakpoints,
  );
  const names = [...magnetization, ...unitVariates, "t"];
  const step = compileVector(physicalStep(scheme, timeStep), names);
  const outcomes = variates === "gaussian" ? gaussianOutcomes : dyadicOutcomes;
  const moved = new Float64Array(3);
  return (functions) => {
    const values = pointSums(index, functions, points);
    const sums = new Float64Array(functions.length);
    const changes = functions.map(() => new Float64Array(rule.nodes.length * azimuths));
    for (let q = 0; q < rule.nodes.length; q++)
      for (let j = 0; j < azimuths; j++) {
        const angle = (2 * Math.PI * j) / azimuths;
        const z = rule.nodes[q];
        const rho = Math.sqrt((1 - z) * (1 + z));
        const start = [rho * Math.cos(angle), rho * Math.sin(angle), z] as const;
        const [x, y, w] = outOfFrame(frame, start);
        values.add(start, -1);
        for (const { xi, weight } of outcomes) {
          step(moved, 0, x, y, w, xi[0], xi[1], xi[2], time);
          values.add(intoFrame(frame, [moved[0], moved[1], moved[2]]), weight);
        }
        values.take(sums);
        for (let k = 0; k < changes.length; k++) changes[k][q * azimuths + j] = sums[k];
      }
    return changes;
  };
}

/** ∫ over the sphere of each of some expansions times a function given on a grid. */
export function pairings(
  index: HarmonicIndex,
  grid: SphereGrid,
  expansions: readonly Float64Array[],
): ((values: Float64Array) => number)[] {
  const { rule, azimuths } = grid;
  return synthesizeAll(index, grid, expansions).map((density) => {
    const weights = density.map(
      (x, i) => (x * rule.weights[Math.floor(i / azimuths)] * 2 * Math.PI) / azimuths,
    );
    return (values) => dotProduct(weights, values);
  });
}
