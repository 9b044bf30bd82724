import type { Problem } from "../experiment/problem.ts";
import { boxOf } from "../experiment/spread-box.ts";
import { supremum } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { abs } from "../expression/expression.ts";

/** Bound of |f| over the sphere, the run and six deviations of spreads by intervals; doubled where these find none. */
export function boundOf(f: Expression, problem: Problem): number {
  const { bound, attained } = supremum(abs(f), boxOf(problem), { tolerance: 0.1, work: 1200 });
  return Math.max(bound < 4 * attained ? bound : 2 * attained, 1e-12);
}
