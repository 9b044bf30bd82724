import type { Problem } from "../experiment/problem.ts";
import { plan } from "../observables/plan.ts";

/**
 * Seconds that drawing the initial states takes here on so many threads, from making one bound and drawing under it: each thread makes
 * all bounds for itself. 0 where nothing has to be drawn by rejection.
 */
export function drawingSeconds(problem: Problem, threads: number): number {
  const { initial, ensemble, spreads } = problem;
  // spins that do not differ share one bound, which takes a second at most
  if (spreads.length === 0 || "direction" in initial || "isotropic" in initial) return 0;
  const cost = plan(problem).filling.cost?.();
  if (!cost) return 0;
  const own = ensemble / threads;
  return Math.min(cost.boxes, own) * cost.perBox + own * cost.perSpin;
}
