import type { Expression } from "../expression/expression.ts";
import { constant, mul, variable } from "../expression/expression.ts";

export const distributions = ["normal", "lognormal", "uniform"] as const;
export type Distribution = (typeof distributions)[number];

/**
 * A parameter that differs from spin to spin: mean and standard deviation of the value itself, whatever the
 * distribution (a uniform one has half-width √3 · deviation; a lognormal one has the sign of its mean).
 */
export interface SpreadValue {
  readonly mean: number;
  readonly deviation: number;
  readonly distribution: Distribution;
}

/** A per-spin parameter of a problem, scaled so that its values are of order one. */
export interface Spread {
  /** The variable that carries it. */
  readonly name: string;
  /** Where it was written in the experiment. */
  readonly path: string;
  readonly distribution: Distribution;
  readonly mean: number;
  readonly deviation: number;
}

/** The parameter as an expression of a per-spin variable: value = scale · variable, so float32 never sees 1e-25. */
export function spreadExpression(
  { mean, deviation, distribution }: SpreadValue,
  name: string,
  path: string,
): { expression: Expression; spread?: Spread } {
  if (deviation === 0) return { expression: constant(mean) };
  const scale = mean === 0 ? deviation : mean;
  const spread = { name, path, distribution, mean: mean / scale, deviation: deviation / Math.abs(scale) };
  return { expression: mul(scale, variable(name)), spread };
}

/** Parameters μ, σ of ln x for a lognormal x of given mean (> 0) and standard deviation. */
export function lognormalParameters(mean: number, deviation: number): { mu: number; sigma: number } {
  const variance = Math.log1p((deviation / mean) ** 2);
  return { mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) };
}

/** The value that lies `deviations` standard deviations from the middle (of ln x for a lognormal). */
export function spreadValueAt({ distribution, mean, deviation }: Spread, deviations: number): number {
  if (distribution === "normal") return mean + deviations * deviation;
  if (distribution === "uniform")
    return mean + Math.max(-1, Math.min(1, deviations)) * Math.sqrt(3) * deviation;
  const { mu, sigma } = lognormalParameters(mean, deviation);
  return Math.exp(mu + deviations * sigma);
}
