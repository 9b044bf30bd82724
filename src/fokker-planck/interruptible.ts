import type { Problem } from "../experiment/problem.ts";
import { SingularMatrixError } from "../linear-algebra/dense-lu.ts";
import type { Budget } from "../linear-algebra/interruption.ts";
import { Interrupted, spending } from "../linear-algebra/interruption.ts";
import type { Exact } from "./exact.ts";
import { outOfReach, Unresolved } from "./exact.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { evolvedEach } from "./solution.ts";

/** Seconds that all exact figures of one experiment may take together where it does not say. */
const untold = 300;

const budgets = new WeakMap<object, Budget>();

/** What the exact side of a problem may take: one budget for the experiment, whatever its time step. */
export function budgetOf({ experiment, exactSeconds }: Pick<Problem, "experiment" | "exactSeconds">): Budget {
  const known = budgets.get(experiment) ?? { seconds: exactSeconds ?? untold, spent: 0 };
  budgets.set(experiment, known);
  return known;
}

/** A figure; where its computation is interrupted or its budget spent, the reason instead. */
export function interruptible<T>(
  problem: Pick<Problem, "experiment" | "exactSeconds">,
  compute: () => Exact<T>,
): Exact<T> {
  return orWhyNot(() => spending(budgetOf(problem), compute));
}

/** What is computed, or why it was interrupted or has no solution, where that must not lose what is known already. */
export function orWhyNot<T>(compute: () => Exact<T>): Exact<T> {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Interrupted || error instanceof Unresolved) return outOfReach(error.message);
    // noise or damping that is nothing beside the rest
    if (error instanceof SingularMatrixError)
      return outOfReach(
        "the operator is singular in double precision: damping or noise vanish beside the rest",
      );
    throw error;
  }
}

/** The solution with all that it computes later interruptible. */
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
