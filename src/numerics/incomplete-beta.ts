import { logGamma } from "./incomplete-gamma.ts";
import { monotoneInverse } from "./monotone-inverse.ts";

/** Lentz's method on the continued fraction of I_x(a, b) (DLMF 8.17.22); quick for x < (a+1)/(a+b+2). */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let n = 1; n < 1e6; n++) {
    const even = (n * (b - n) * x) / ((a + 2 * n - 1) * (a + 2 * n));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= c * d;
    const odd = (-(a + n) * (a + b + n) * x) / ((a + 2 * n) * (a + 2 * n + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

/**
 * Regularized incomplete beta function I_x(a, b), a, b > 0: the probability that a beta variable is below x. Relative
 * accuracy about 1e-13 for a + b up to 1e3, growing as (a + b)·1e-15.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? Number.NaN : 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : Math.max(0, 1 - (front * fraction(1 - x, b, a)) / b);
}

/** The x with I_x(a, b) = p. */
export const betaQuantile = (p: number, a: number, b: number): number =>
  monotoneInverse((x) => incompleteBeta(x, a, b), p, 0, 1);

/** P(|T| > |t|) of Student's t with the given degrees of freedom. */
export const studentTwoSided = (t: number, degreesOfFreedom: number): number =>
  incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);

/** The t > 0 with P(|T| < t) = confidence. */
export function studentQuantile(confidence: number, degreesOfFreedom: number): number {
  const x = betaQuantile(1 - confidence, degreesOfFreedom / 2, 0.5);
  return Math.sqrt((degreesOfFreedom * (1 - x)) / x);
}

/** P(F > value) of Snedecor's F with (numerator, denominator) degrees of freedom. */
export const fisherSurvival = (value: number, numerator: number, denominator: number): number =>
  incompleteBeta(denominator / (denominator + numerator * value), denominator / 2, numerator / 2);
