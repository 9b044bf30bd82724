import { chiSquaredSurvival } from "./chi-squared-distribution.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared, tooFewSpins } from "./comparison.ts";
import type { KnownLaw } from "./known-law.ts";
import { deviations, whitened } from "./known-law.ts";
import { bartlettFactor, largestExponent } from "./tilted-law.ts";

export interface MeanOptions {
  /** Largest |bias| allowed of each mean, in its own unit; default none. */
  readonly allowedBias?: readonly number[];
  /** Largest error of each mean by rounding. Directions in which it exceeds the scatter are not compared. */
  readonly rounding?: readonly number[];
}

/** Fewer independent samples than this are too few for nine means at once. */
export const fewestSamples = 10;
/** A direction is not compared if rounding exceeds this many standard errors. */
const lost = 0.25;

/**
 * Means of several functions over independent samples against the exact law of one sample: the likelihood ratio of the exact
 * law within the family ρ exp(s·f)/M(s), W = 2n sup_s [s·f̄ − ln M(s)], chi-squared with as many degrees of freedom as
 * the functions have directions.
 *
 * The error comes from the exact law alone, with all its moments, so rare states count with their true probability even
 * if no sample, or one too many, met them. W/2n is the rate of large deviations, so small p-values stay correct where
 * those of a z-score would not; the mean of W is corrected to order 1/n (Bartlett). With allowed biases b the most
 * likely mean within the box is used: sup_s [s·f̄ − Σ b_i|s_i| − ln M(s)]. A function without variance is only compared
 * with its value. O. Barndorff-Nielsen, D. R. Cox, Inference and Asymptotics (1994) §5, 6.
 */
export function compareMeans(
  observable: string,
  means: readonly number[],
  exact: readonly number[],
  law: KnownLaw,
  samples: number,
  { allowedBias, rounding }: MeanOptions = {},
): Comparison {
  const test = "likelihood ratio of the means";
  if (samples < fewestSamples) return notCompared(observable, test, tooFewSpins(samples, fewestSamples));
  if (![...means, ...exact].every(Number.isFinite))
    return notCompared(observable, test, "a value is not finite");
  const small = rounding ?? means.map(() => 0);
  const box = small.map((x, i) => x + (allowedBias?.[i] ?? 0));
  const constant = deviations(law).flatMap((s, i) => (s === 0 ? [i] : []));
  const isOff = constant.some(
    (i) => Math.abs(means[i] - exact[i]) > box[i] + 1e-9 * Math.max(1, Math.abs(exact[i])),
  );
  const white = whitened(
    law,
    (w) => Math.sqrt(samples) * w.reduce((sum, x, i) => sum + Math.abs(x) * small[i], 0) > lost,
  );
  const degreesOfFreedom = white.directions.length;
  if (isOff || degreesOfFreedom === 0)
    return { observable, test: "equality", statistic: null, degreesOfFreedom: null, pValue: isOff ? 0 : 1 };
  const found = white.directions.map((w) => w.reduce((sum, x, i) => sum + x * (means[i] - exact[i]), 0));
  const statistic = 2 * samples * largestExponent(white, found, box, samples);
  const pValue = chiSquaredSurvival(statistic / bartlettFactor(white, samples), degreesOfFreedom);
  return { observable, test, statistic, degreesOfFreedom, pValue };
}
