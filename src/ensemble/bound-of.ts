import type { Problem } from "../experiment/problem.ts";
import { boxOf } from "../experiment/spread-box.ts";
import { supremum } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { abs } from "../expression/expression.ts";

/** Gap between a bound and a value that was met which is good enough: a bound that is loose by half costs half a bit of 24. */
const tolerance = 0.5;
/** Work on a bound, and on one that the first finds loose: a pulse that is short beside the run. */
const [usualWork, moreWork] = [1200, 4000];
/** A bound so near to a value that was met is near enough. */
const near = 4;

/**
 * Bound of |f| over the sphere, the run and six deviations of spreads by intervals, loose rather than wrong: what goes beyond it would be cut
 * off where it is counted. Where intervals find none, twice the largest value that was met.
 */
export function boundOf(f: Expression, problem: Problem): number {
  const search = (work: number) => supremum(abs(f), boxOf(problem), { tolerance, work });
  let found = search(usualWork);
  if (found.bound > near * found.attained) found = search(moreWork);
  return Math.max(Number.isFinite(found.bound) ? found.bound : 2 * found.attained, 1e-12);
}
