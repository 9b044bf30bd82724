import type { Expression } from "../expression/expression.ts";
import { add, constant, constantValue, mul, sqrt } from "../expression/expression.ts";
import { scale } from "../expression/vector.ts";
import type { Model } from "../physics/model.ts";
import { variatesOf } from "../physics/model.ts";
import { dyadicLarge, dyadicSmall } from "../random/variates.ts";
import { drivesOver } from "./drive.ts";
import type { VariateLaw } from "./integrator.ts";
import type { Turn } from "./rotation.ts";
import { cayley } from "./rotation.ts";

/** Values of |ξ|² and their probabilities: exact for the dyadic law, radial quadrature for the Gaussian. */
function squaredLengths(law: VariateLaw): { value: number; weight: number }[] {
  if (law === "dyadic") {
    const choose = [1, 3, 3, 1];
    return choose.map((ways, k) => ({
      value: k * dyadicLarge ** 2 + (3 - k) * dyadicSmall ** 2,
      weight: ways * (1 / 8) ** k * (7 / 8) ** (3 - k),
    }));
  }
  // density √(2/π) r² exp(−r²/2); the trapezoid rule converges exponentially on it
  const step = 0.02;
  return Array.from({ length: 600 }, (_, i) => {
    const r = i * step;
    return { value: r * r, weight: Math.sqrt(2 / Math.PI) * r * r * Math.exp((-r * r) / 2) * step };
  });
}

/**
 * The factor λ by which the kick angle σ√h ξ is scaled so that one Cayley kick damps ⟨m⟩ by exp(−σ²h) exactly:
 * ⅓ + ⅔ E[(1−q)/(1+q)] = exp(−σ²h) with q = λ²σ²h|ξ|²/4. Without it the temperature is off by O(σ²h), which
 * switching rates amplify exponentially. `variance` is σ²h = 2Dh, at most 1.
 */
export function kickCalibration(variance: number, law: VariateLaw): number {
  if (variance === 0) return 1;
  if (!(variance > 0 && variance <= 1))
    throw new RangeError(`2·D·timeStep must be in [0, 1], got ${variance}`);
  const outcomes = squaredLengths(law);
  const excess = (lambda: number): number => {
    let mean = 0;
    for (const { value, weight } of outcomes) {
      const q = (lambda * lambda * variance * value) / 4;
      mean += (weight * (1 - q)) / (1 + q);
    }
    return 1 / 3 + (2 / 3) * mean - Math.exp(-variance);
  };
  let [low, high] = [0.5, 8];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Chebyshev interpolation of λ(x)² on [0, top] as ordinary polynomial coefficients, lowest first. */
function calibrationPolynomial(top: number, law: VariateLaw): number[] {
  const degree = 7;
  const nodes = Array.from(
    { length: degree + 1 },
    (_, i) => (top / 2) * (1 + Math.cos((Math.PI * (2 * i + 1)) / (2 * degree + 2))),
  );
  const values = nodes.map((x) => kickCalibration(x, law) ** 2);
  // Newton's divided differences, expanded
  const differences = [...values];
  for (let order = 1; order <= degree; order++)
    for (let i = degree; i >= order; i--)
      differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - order]);
  let coefficients = [differences[degree]];
  for (let i = degree - 1; i >= 0; i--) {
    const next = [0, ...coefficients];
    coefficients.forEach((c, k) => {
      next[k] -= c * nodes[i];
    });
    next[0] += differences[i];
    coefficients = next;
  }
  return coefficients;
}

/**
 * Half the calibrated kick angle, ½ λ √(2Dh): the Cayley vector of the kick is this times ξ. For a
 * diffusion constant that varies in time or from spin to spin, λ² is a polynomial in 2Dh (error 1e-6 up to
 * 2Dh = 0.5).
 */
export function halfKick(diffusion: Expression, timeStep: number, law: VariateLaw): Expression {
  if (law === "none") return constant(0);
  const value = constantValue(diffusion);
  if (value !== undefined) {
    const variance = 2 * value * timeStep;
    return constant(0.5 * kickCalibration(variance, law) * Math.sqrt(variance));
  }
  const variance = mul(2 * timeStep, diffusion);
  const squared = calibrationPolynomial(0.5, law).reduceRight<Expression>(
    (sum, coefficient) => add(coefficient, mul(variance, sum)),
    constant(0),
  );
  return mul(0.5, sqrt(mul(squared, variance)));
}

/** The kick of each spin over [t, t + h]. A diffusion constant that changes in time enters by its mean. */
export function noiseTurns(
  model: Model,
  timeStep: number,
  law: VariateLaw,
  breakpoints: readonly number[],
): Turn[] {
  const { noise } = drivesOver(model, { from: 0, to: timeStep }, breakpoints)(0);
  return variatesOf(model).map((xi, i) => cayley(scale(halfKick(noise[i].diffusion, timeStep, law), xi)));
}
