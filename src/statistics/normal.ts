import { lowerIncompleteGamma, upperIncompleteGamma } from "../numerics/incomplete-gamma.ts";
import { monotoneInverse } from "../numerics/monotone-inverse.ts";

/** P(Z > z) of a standard normal variable, relative accuracy 1e-13 also far in the tail (0 beyond z ≈ 38). */
export function normalSurvival(z: number): number {
  const tail = 0.5 * upperIncompleteGamma(0.5, (z * z) / 2);
  return z >= 0 ? tail : 0.5 + 0.5 * lowerIncompleteGamma(0.5, (z * z) / 2);
}

/** P(Z ≤ z). */
export const normalProbability = (z: number): number => normalSurvival(-z);

/** P(|Z| > |z|). */
export const twoSided = (z: number): number => upperIncompleteGamma(0.5, (z * z) / 2);

/** The z with P(Z ≤ z) = p; ±∞ at p = 1 and 0. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  return monotoneInverse(normalProbability, p, -39, 0);
}

/** Half width of a central interval in standard errors: 1.959964 for the default, 95 %. */
export const standardErrorsFor = (confidence = 0.95): number => -normalQuantile((1 - confidence) / 2);
