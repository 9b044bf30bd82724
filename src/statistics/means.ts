import type { Estimate } from "./interval.ts";
import type { NumericArray } from "./numeric-array.ts";
import { total } from "./numeric-array.ts";

/** Mean of independent values and its standard error s/√n; the error is NaN below two values. */
export function meanOf(values: NumericArray): Estimate {
  const n = values.length;
  const mean = total(values) / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  return { value: mean, standardError: Math.sqrt(squares / (n - 1) / n) };
}

/** The same from sums over n values. Loses digits when the spread is small beside the mean: centre the sums then. */
export function meanFromSums(n: number, sum: number, sumOfSquares: number): Estimate {
  const variance = Math.max(0, sumOfSquares - (sum * sum) / n) / (n - 1);
  return { value: sum / n, standardError: Math.sqrt(variance / n) };
}

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
 * ⟨y⟩√n. A rate is one: x the exits of each spin, y its time in the state. Holds however the two depend on each other.
 */
export function ratioOfMeans({ n, x, y, xx, xy, yy }: PairSums): Estimate {
  const ratio = x / y;
  const variance = Math.max(0, xx - 2 * ratio * xy + ratio * ratio * yy) / (n - 1);
  return { value: ratio, standardError: (Math.sqrt(variance / n) * n) / Math.abs(y) };
}

/**
 * Mean and standard error of a correlated record from the means of `blocks` equal stretches; good once a stretch is
 * many correlation times long. What does not fill a stretch is left out.
 */
export function meanOfRecord(record: NumericArray, blocks = 32): Estimate {
  const length = Math.floor(record.length / blocks);
  const means = Array.from({ length: blocks }, (_, b) => {
    let sum = 0;
    for (let i = b * length; i < (b + 1) * length; i++) sum += record[i];
    return sum / length;
  });
  return meanOf(means);
}
