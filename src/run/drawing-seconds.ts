import type { Filling } from "../ensemble/kernel.ts";
import type { Problem } from "../experiment/problem.ts";
import { plan } from "../observables/plan.ts";

/**
 * Seconds that drawing the initial states takes here on so many threads, from making one bound and drawing under it: each thread makes
 * all bounds for itself. 0 where nothing has to be drawn by rejection. `drawn` gives what draws them, where the rest is planned already.
 */
export function drawingSeconds(
  problem: Problem,
  threads: number,
  drawn: () => Pick<Filling, "cost"> = () => plan(problem).filling,
): number {
  const { initial, ensemble, spreads } = problem;
  // spins that do not differ share one bound, which takes a second at most
  if (spreads.length === 0 || "direction" in initial || "isotropic" in initial) return 0;
  const cost = drawn().cost?.();
  if (!cost) return 0;
  const own = ensemble / threads;
  return Math.min(cost.boxes, own) * cost.perBox + own * cost.perSpin;
}
