import type { Problem } from "../experiment/problem.ts";
import { boxOf } from "../experiment/spread-box.ts";
import { supremum } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { abs } from "../expression/expression.ts";

/** A bound below this multiple of an attained value is good enough: it costs two bits of 24. */
const near = 4;
/** Most cells. It takes so many where a pulse is short compared with the run. */
const work = 4000;
/** Values below this share of the bound are what rounding leaves of terms that cancel. */
const vanishing = 1e-12;

/**
 * Bound of |f| over the sphere, the run and six deviations of spreads by intervals. It may be too large but not too small, because
 * counters clamp larger values. If intervals find none, twice the largest attained value.
 */
export function boundOf(f: Expression, problem: Problem): number {
  const { bound, attained } = supremum(abs(f), boxOf(problem), { tolerance: near - 1, work, vanishing });
  return Math.max(Number.isFinite(bound) ? bound : 2 * attained, 1e-12);
}
