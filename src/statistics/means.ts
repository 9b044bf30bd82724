import type { Estimate } from "./interval.ts";
import type { NumericArray } from "./numeric-array.ts";

export interface PairSums {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Sums over pairs, for `ratioOfMeans`. */
export function pairSums(x: NumericArray, y: NumericArray): PairSums {
  const sums = { n: x.length, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
  for (let i = 0; i < x.length; i++) {
    sums.x += x[i];
    sums.y += y[i];
    sums.xx += x[i] * x[i];
    sums.xy += x[i] * y[i];
    sums.yy += y[i] * y[i];
  }
  return sums;
}

/**
 * ⟨x⟩/⟨y⟩ over independent pairs, with the standard error to first order (delta method): the spread of x − r y over
 * ⟨y⟩√n. A rate is such a ratio: x are the exits of each spin, y its time in the state. x and y may be correlated.
 */
export function ratioOfMeans({ n, x, y, xx, xy, yy }: PairSums): Estimate {
  const ratio = x / y;
  const variance = Math.max(0, xx - 2 * ratio * xy + ratio * ratio * yy) / (n - 1);
  return { value: ratio, standardError: (Math.sqrt(variance / n) * n) / Math.abs(y) };
}
