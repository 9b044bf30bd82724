import type { Complex } from "../../linear-algebra/hessenberg.ts";
import type { Exact } from "../exact.ts";
import { exactly } from "../exact.ts";
import { relativeDifference } from "../slow-mode.ts";

/** Number of nonzero modes that must agree for a well to count as solved. */
const compared = 5;
/** Largest difference of a listed mode between two degrees of polynomials. */
const largestDifference = 1e-5;

const nearest = (rate: Complex, others: readonly Complex[]): number =>
  others.reduce((least, other) => Math.min(least, relativeDifference(rate, other)), Number.POSITIVE_INFINITY);

/** Largest relative difference of the slowest nonzero modes from those of a coarser resolution; infinite if a mode grows. */
export function modesDifference(fine: readonly Complex[], coarse: readonly Complex[]): number {
  const fastest = Math.max(...fine.slice(0, compared + 1).map(({ re, im }) => Math.hypot(re, im)));
  const grows = [fine, coarse].some(([zero]) => Math.abs(zero.re) > 1e-9 * fastest);
  return grows
    ? Number.POSITIVE_INFINITY
    : Math.max(...fine.slice(1, compared + 1).map((rate) => nearest(rate, coarse.slice(1))));
}

/** Zero and the modes on which two resolutions agree, at most `count`, up to the first disagreement. */
export function agreedModes(
  fine: readonly Complex[],
  coarse: readonly Complex[],
  count: number,
): Exact<readonly Complex[]> {
  const found: Complex[] = [{ re: 0, im: 0 }];
  let error = 0;
  for (const rate of fine.slice(1)) {
    const apart = nearest(rate, coarse.slice(1));
    if (found.length >= count || apart > largestDifference) break;
    error = Math.max(error, apart);
    found.push(rate);
  }
  return exactly(found, error);
}
