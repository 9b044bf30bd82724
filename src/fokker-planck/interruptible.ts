import type { Problem } from "../experiment/problem.ts";
import { SingularMatrixError } from "../linear-algebra/dense-lu.ts";
import type { Budget } from "../linear-algebra/interruption.ts";
import { Interrupted, spending } from "../linear-algebra/interruption.ts";
import type { Exact } from "./exact.ts";
import { outOfReach, Unresolved } from "./exact.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { evolvedEach } from "./solution.ts";

/** Most seconds of all exact figures of one experiment together, if the experiment sets no limit. */
const usualSeconds = 300;

const budgets = new WeakMap<object, Budget>();

/** The time budget of a problem's exact side: one for the experiment, independent of the time step. */
export function budgetOf({ experiment, exactSeconds }: Pick<Problem, "experiment" | "exactSeconds">): Budget {
  const known = budgets.get(experiment) ?? { seconds: exactSeconds ?? usualSeconds, spent: 0 };
  budgets.set(experiment, known);
  return known;
}

/** Computes a figure; if it is interrupted or the budget is used up, returns the reason. */
export function interruptible<T>(
  problem: Pick<Problem, "experiment" | "exactSeconds">,
  compute: () => Exact<T>,
): Exact<T> {
  return orWhyNot(() => spending(budgetOf(problem), compute));
}

/** Computes a figure, or returns why it was interrupted or has no solution, so that earlier figures are not lost. */
export function orWhyNot<T>(compute: () => Exact<T>): Exact<T> {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Interrupted || error instanceof Unresolved) return outOfReach(error.message);
    // noise or damping is negligible compared with the other terms
    if (error instanceof SingularMatrixError)
      return outOfReach(
        "the operator is singular in double precision: damping or noise is negligible compared with the other terms",
      );
    throw error;
  }
}

/** The solution with all its later computations interruptible. */
export const interruptibleSolution = <Solution extends FokkerPlanckSolution>(
  problem: Pick<Problem, "experiment" | "exactSeconds">,
  solution: Solution,
): Solution => ({
  ...solution,
  stationary: () => interruptible(problem, () => solution.stationary()),
  eigenvalues: (count) => interruptible(problem, () => solution.eigenvalues(count)),
  evolve: (initial, times) => interruptible(problem, () => solution.evolve(initial, times)),
  evolveEach: (initial, times) => interruptible(problem, () => evolvedEach(solution, initial, times)),
  generator: (lmax, mmax) => interruptible(problem, () => solution.generator(lmax, mmax)),
});
