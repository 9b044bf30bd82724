import { drawingCostOf } from "../ensemble/initial/filling.ts";
import type { Problem } from "../experiment/problem.ts";
import { breathe } from "../linear-algebra/breathe.ts";

/**
 * Seconds to draw the initial states on so many threads of this machine, estimated by computing one bound and drawing
 * by rejection under it; each thread computes all bounds itself. 0 if no rejection is needed. `pause` is awaited
 * between parts of the trial.
 */
export async function drawingSeconds(
  problem: Problem,
  threads: number,
  pause: () => Promise<void> = breathe,
): Promise<number> {
  const { initial, ensemble, spreads } = problem;
  // spins with equal parameters share one bound, which takes a second at most
  if (spreads.length === 0 || "direction" in initial || "isotropic" in initial) return 0;
  const cost = await drawingCostOf(problem, pause);
  if (!cost) return 0;
  const own = ensemble / threads;
  return Math.min(cost.boxes, own) * cost.perBox + own * cost.perSpin;
}
