import { Matrix } from "ml-matrix";
import { twoSided } from "../statistics/normal.ts";
import { grouped } from "./hidden-markov/estimate.ts";
import type { Maximum } from "./hidden-markov/maximize.ts";
import { covarianceFrom, unseenRates } from "./hidden-markov/maximize.ts";
import type { Free } from "./hidden-markov/parameters.ts";
import { parameterNames } from "./hidden-markov/parameters.ts";

/** Constancy of one parameter along the trace. */
export interface Steadiness {
  readonly parameter: string;
  /** Two-sided p-value of a linear drift. */
  readonly driftPValue: number;
  /** p-value of one sudden change anywhere. */
  readonly jumpPValue: number;
  /** Place of the change, as a share of the trace. */
  readonly jumpAt: number;
  /** The parameter in each part of the trace minus its mean, by one step of Newton's method. */
  readonly course: readonly number[];
  readonly courseError: readonly number[];
}

const parts = 20;

/**
 * Tests whether the parameters are constant along the trace. The scores of its blocks sum to zero; if a parameter
 * drifts or jumps, their running sum leaves the Brownian bridge. Drift: score test of a straight line; jump:
 * Kolmogorov's limit for the largest value of the bridge. Rates of jumps that do not occur are left out. J. Nyblom, J.
 * Am. Stat. Assoc. 84 (1989) 223.
 */
export function steadiness({ scores, information }: Maximum, of: Free): Steadiness[] {
  const covariance = covarianceFrom(information, of);
  const n = scores.length;
  // for each parameter with all others free: rows of the inverse information make its scores independent of theirs
  const free = scores.map((row) => covariance.mmul(Matrix.columnVector([...row])).to1DArray());
  const groups = grouped(scores, parts);
  const unseen = unseenRates(information, of);
  return parameterNames(of).flatMap((parameter, k) => {
    if (unseen.includes(k)) return [];
    const spread = Math.sqrt(free.reduce((sum, row) => sum + row[k] ** 2, 0));
    let [running, largest, at, lean, square] = [0, 0, 0, 0, 0];
    free.forEach((row, i) => {
      running += row[k];
      if (Math.abs(running) > largest) [largest, at] = [Math.abs(running), (i + 1) / n];
      const place = (i + 0.5) / n - 0.5;
      lean += place * row[k];
      square += (place * row[k]) ** 2;
    });
    const course = groups.map((row) => {
      const local = Matrix.mul(covariance, groups.length);
      return local.mmul(Matrix.columnVector([...row])).get(k, 0);
    });
    const error = Math.sqrt(covariance.get(k, k) * groups.length);
    return {
      parameter,
      driftPValue: twoSided(lean / Math.sqrt(square)),
      jumpPValue: kolmogorov(largest / spread),
      jumpAt: at,
      course,
      courseError: course.map(() => error),
    };
  });
}

/** Probability that a Brownian bridge exceeds x. */
function kolmogorov(x: number): number {
  if (x < 0.3) return 1;
  let sum = 0;
  for (let k = 1; k < 50; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, sum));
}
