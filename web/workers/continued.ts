import type { Problem } from "../../src/experiment/problem.ts";
import type { Expression } from "../../src/expression/expression.ts";
import { evolveUntilSettled } from "../../src/fokker-planck/adaptive-evolution.ts";
import type { Density } from "../../src/fokker-planck/density.ts";
import type { Exact } from "../../src/fokker-planck/exact.ts";
import { allOrNone, eachOnce, exactly, outOfReach } from "../../src/fokker-planck/exact.ts";
import type { Frame } from "../../src/fokker-planck/frame.ts";
import { outOfFrame } from "../../src/fokker-planck/frame.ts";
import type { HarmonicIndex } from "../../src/fokker-planck/harmonics.ts";
import { analyze, reindexed, sampleOnGrid, sphereGrid } from "../../src/fokker-planck/harmonics.ts";
import type { ObservedDensity, Prediction } from "../../src/fokker-planck/predict.ts";
import { evolvedEach } from "../../src/fokker-planck/solution.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/solve.ts";
import { averageOver } from "../../src/fokker-planck/spread-turn.ts";

const sameFrame = (a: Frame, b: Frame): boolean =>
  a.every((axis, i) => axis.every((x, k) => Math.abs(x - b[i][k]) < 1e-12));

/** A density with its own harmonics, not a mixture. */
export const isDensity = (density: ObservedDensity): density is Density =>
  "coefficients" in density && "index" in density;

/** Its coefficients in another frame's harmonics. */
function coefficientsIn(start: Density, index: HarmonicIndex, frame: Frame): Float64Array {
  if (sameFrame(start.frame, frame)) return reindexed(start.index, index, start.coefficients);
  const grid = sphereGrid(index.lmax + 1, 2 * index.mmax + 2);
  return analyze(
    index,
    grid,
    sampleOnGrid(grid, (x, y, z) => start.at(outOfFrame(frame, [x, y, z]))),
  );
}

/** The exact side of a run that continues another, from the exact density at that point. */
export function continuedPrediction(problem: Problem, start: Density): Exact<Prediction> {
  const solved = solveFokkerPlanck(problem.dynamics, { breakpoints: problem.breakpoints });
  if (solved.value === null) return outOfReach(solved.reason);
  const solution = solved.value;
  const axial =
    solution.axis !== undefined && sameFrame(start.frame, solution.frame) && start.index.mmax === 0;
  const carried = (times: readonly number[]): Exact<readonly Exact<Density>[]> =>
    evolveUntilSettled({
      generator: (lmax) => solution.generator(lmax, axial ? 0 : undefined),
      initial: (index) => coefficientsIn(start, index, solution.frame),
      frame: solution.frame,
      times,
      breakpoints: problem.breakpoints,
      lmax: Math.max(12, Math.min(60, start.index.lmax)),
      maximumDegree: 150,
      tolerance: 1e-6,
    });
  const densitiesEach = eachOnce((steps) => carried(steps.map((step) => step * problem.timeStep)));
  // a request for the evolution of this run's start means the continued density
  const evolveEach: typeof solution.evolveEach = (initial, times) =>
    initial === problem.initial ? carried(times) : evolvedEach(solution, initial, times);
  const evolve: typeof solution.evolve = (initial, times) => allOrNone(evolveEach(initial, times));
  const typical = {
    solution: { ...solution, evolve, evolveEach },
    initial: problem.initial,
    at: (of: Expression) => of,
  };
  return exactly({
    typical,
    isSpread: false,
    spreadReason: "",
    isConverged: () => solution.converged,
    solutions: () => 1,
    average(_, figures, accuracy) {
      const found = averageOver([], () => figures(typical), { ...accuracy, few: 1, most: 1 });
      return "reason" in found ? outOfReach(found.reason) : exactly(found);
    },
    densities: (steps) => allOrNone(exactly(densitiesEach(steps))),
    densitiesEach,
    stationary: () => solution.stationary(),
  });
}
