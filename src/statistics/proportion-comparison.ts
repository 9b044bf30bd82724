import { incompleteBeta } from "../numerics/incomplete-beta.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared } from "./comparison.ts";

/**
 * Successes among independent trials against an exact probability: the doubled smaller tail of the binomial law, exact
 * for counts of any size, zero included. `exactError` bounds the error of the probability, absolute; the p-value is
 * the largest over that range.
 */
export function compareProportion(
  observable: string,
  successes: number,
  trials: number,
  exact: number,
  exactError = 0,
): Comparison {
  const test = "binomial";
  if (!(trials > 0)) return notCompared(observable, test, "no trials");
  if (!Number.isFinite(exact) || exact < -exactError || exact > 1 + exactError)
    return notCompared(observable, test, `${exact} is not a probability`);
  const low = Math.min(Math.max(exact - exactError, 0), 1);
  const high = Math.min(Math.max(exact + exactError, 0), 1);
  // P(X ≤ k) = I_(1−p)(n−k, k+1), P(X ≥ k) = I_p(k, n−k+1)
  const atMost = successes >= trials ? 1 : incompleteBeta(1 - low, trials - successes, successes + 1);
  const atLeast = successes <= 0 ? 1 : incompleteBeta(high, successes, trials - successes + 1);
  const spread = Math.sqrt(trials * exact * (1 - exact));
  return {
    observable,
    test,
    statistic: spread > 0 ? (successes - trials * exact) / spread : null,
    degreesOfFreedom: null,
    pValue: Math.min(1, 2 * Math.min(atMost, atLeast)),
  };
}
