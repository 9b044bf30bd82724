import type { Problem } from "../experiment/problem.ts";
import { boxOf } from "../experiment/spread-box.ts";
import { supremum } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { abs } from "../expression/expression.ts";

/** A bound below this multiple of an attained value is good enough: it costs two bits of 24. */
const near = 4;
/** Work for a bound, and for a second attempt if the first is loose, as with a pulse that is short compared with the run. */
const [usualWork, moreWork] = [1200, 4000];

/**
 * Bound of |f| over the sphere, the run and six deviations of spreads by intervals. It may be too large but not too small, because
 * counters clamp larger values. If intervals find none, twice the largest attained value.
 */
export function boundOf(f: Expression, problem: Problem): number {
  const search = (work: number) => supremum(abs(f), boxOf(problem), { tolerance: near - 1, work });
  let found = search(usualWork);
  if (found.bound > near * found.attained) found = search(moreWork);
  return Math.max(Number.isFinite(found.bound) ? found.bound : 2 * found.attained, 1e-12);
}
