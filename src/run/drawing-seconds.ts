import { drawingCostOf } from "../ensemble/initial/filling.ts";
import type { Problem } from "../experiment/problem.ts";
import { breathe } from "../linear-algebra/breathe.ts";

/**
 * Seconds that drawing the initial states takes here on so many threads, from making one bound and drawing under it: each thread makes
 * all bounds for itself. 0 where nothing has to be drawn by rejection. `pause` is awaited between parts of the trial.
 */
export async function drawingSeconds(
  problem: Problem,
  threads: number,
  pause: () => Promise<void> = breathe,
): Promise<number> {
  const { initial, ensemble, spreads } = problem;
  // spins that do not differ share one bound, which takes a second at most
  if (spreads.length === 0 || "direction" in initial || "isotropic" in initial) return 0;
  const cost = await drawingCostOf(problem, pause);
  if (!cost) return 0;
  const own = ensemble / threads;
  return Math.min(cost.boxes, own) * cost.perBox + own * cost.perSpin;
}
