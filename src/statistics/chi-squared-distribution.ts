import {
  logPoissonWeight,
  lowerIncompleteGamma,
  upperIncompleteGamma,
} from "../numerics/incomplete-gamma.ts";
import { monotoneInverse } from "../numerics/monotone-inverse.ts";

/**
 * P(X > statistic) of a chi-squared variable; degreesOfFreedom > 0 need not be an integer. Never NaN for finite
 * input; tails keep relative accuracy to 1e-300 and then become 0.
 */
export const chiSquaredSurvival = (statistic: number, degreesOfFreedom: number): number =>
  upperIncompleteGamma(degreesOfFreedom / 2, statistic / 2);

/** The statistic below which a chi-squared variable lies with probability p. */
export function chiSquaredQuantile(p: number, degreesOfFreedom: number): number {
  let high = 1;
  const probability = (x: number) => lowerIncompleteGamma(degreesOfFreedom / 2, x / 2);
  while (probability(high) < p && high < 1e300) high *= 2;
  return monotoneInverse(probability, p, 0, high);
}

/**
 * P(X > statistic) of a non-central chi-squared variable, Σ (Z_i + δ_i)² with noncentrality = Σ δ_i². It is the Poisson
 * mixture Σ_j w_j(λ/2) Q(k/2 + j, x/2). All terms are positive, so the tail keeps its relative accuracy. The sum covers
 * nine widths around the largest term, which lies at the Poisson mode λ/2 or, for x beyond the mean, where j (j + k/2)
 * = λx/4.
 */
export function noncentralChiSquaredSurvival(
  statistic: number,
  degreesOfFreedom: number,
  noncentrality: number,
): number {
  if (noncentrality === 0) return chiSquaredSurvival(statistic, degreesOfFreedom);
  if (!(statistic > 0)) return Number.isNaN(statistic) ? Number.NaN : 1;
  const half = noncentrality / 2;
  const x = statistic / 2;
  const shape = degreesOfFreedom / 2;
  const beyondMean = x > half + shape;
  const peak = beyondMean ? (2 * half * x) / (shape + Math.sqrt(shape * shape + 4 * half * x)) : half;
  const reach = 40 + 9 * Math.sqrt(peak);
  const first = Math.max(0, Math.floor(peak - reach));
  const last = Math.ceil(peak + reach);
  let tail = upperIncompleteGamma(shape + first, x);
  let step = Math.exp(logPoissonWeight(shape + first, x));
  let sum = 0;
  for (let j = first; j <= last; j++) {
    sum += Math.exp(logPoissonWeight(j, half)) * tail;
    tail = Math.min(1, tail + step);
    step = step > 1e-290 ? (step * x) / (shape + j + 1) : Math.exp(logPoissonWeight(shape + j + 1, x));
  }
  return Math.min(1, sum);
}
