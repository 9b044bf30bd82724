import { chiSquaredSurvival } from "./chi-squared-distribution.ts";
import type { Estimate } from "./interval.ts";
import type { NumericArray } from "./numeric-array.ts";

export interface LineFit {
  readonly intercept: Estimate;
  readonly slope: Estimate;
  readonly covariance: number;
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  /** Probability of a larger chi-squared, were the law a line; null for two points. */
  readonly pValue: number | null;
}

/** Weighted least squares of y = intercept + slope·x, errors of y known. Null with fewer than two different x. */
export function fitLine(x: NumericArray, y: NumericArray, standardErrors: NumericArray): LineFit | null {
  let [sum, centre] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const w = standardErrors[i] ** -2;
    sum += w;
    centre += w * x[i];
  }
  centre /= sum;
  let [spread, mean, product] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const w = standardErrors[i] ** -2;
    spread += w * (x[i] - centre) ** 2;
    mean += (w * y[i]) / sum;
    product += w * (x[i] - centre) * y[i];
  }
  if (!(spread > 0) || !Number.isFinite(spread + mean + product)) return null;
  const slope = product / spread;
  const intercept = mean - slope * centre;
  let chiSquared = 0;
  for (let i = 0; i < x.length; i++)
    chiSquared += ((y[i] - mean - slope * (x[i] - centre)) / standardErrors[i]) ** 2;
  const degreesOfFreedom = x.length - 2;
  return {
    intercept: { value: intercept, standardError: Math.sqrt(1 / sum + (centre * centre) / spread) },
    slope: { value: slope, standardError: Math.sqrt(1 / spread) },
    covariance: -centre / spread,
    chiSquared,
    degreesOfFreedom,
    pValue: degreesOfFreedom > 0 ? chiSquaredSurvival(chiSquared, degreesOfFreedom) : null,
  };
}
