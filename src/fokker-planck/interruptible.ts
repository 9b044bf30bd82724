import { Interrupted } from "../linear-algebra/interruption.ts";
import type { Exact } from "./exact.ts";
import { outOfReach } from "./exact.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

/** A figure; where its computation is interrupted, the reason instead. */
export function interruptible<T>(compute: () => Exact<T>): Exact<T> {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return outOfReach(error.message);
  }
}

/** The solution with all that it computes later interruptible. */
export const interruptibleSolution = <Solution extends FokkerPlanckSolution>(
  solution: Solution,
): Solution => ({
  ...solution,
  stationary: () => interruptible(() => solution.stationary()),
  eigenvalues: (count) => interruptible(() => solution.eigenvalues(count)),
  evolve: (initial, times) => interruptible(() => solution.evolve(initial, times)),
  generator: (lmax, mmax) => interruptible(() => solution.generator(lmax, mmax)),
});
