import { timeUnitOf } from "../experiment/natural-units.ts";
import type { Problem } from "../experiment/problem.ts";

/** Bias by the time step that a comparison allows. */
export interface AllowedBias {
  /** Absolute, in first and second moments. */
  readonly moments: number;
  /** Root-mean-square relative error of bin probabilities. */
  readonly relative: number;
}

/** The time of a step with its unit, for names of tests. */
export const timeText = (problem: Problem, step: number): string =>
  `${(step * problem.timeStep * problem.units.time).toPrecision(4)} ${timeUnitOf(problem)}`;

/** Steps at which the exact density is needed. A delta function at step 0 is no density. */
export function comparedSteps(problem: Problem): number[] {
  const steps = problem.observables.flatMap(({ steps = [], withoutDensities }) =>
    withoutDensities ? [] : [...steps],
  );
  const first = "direction" in problem.initial ? 1 : 0;
  return [...new Set(steps)].filter((step) => step >= first).sort((a, b) => a - b);
}
