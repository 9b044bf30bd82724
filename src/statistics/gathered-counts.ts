import { studentTwoSided } from "../numerics/incomplete-beta.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared } from "./comparison.ts";
import type { NumericArray } from "./numeric-array.ts";
import { total } from "./numeric-array.ts";

/** Groups with fewer expected counts do not show the scatter, because counts of one spin come in bursts. */
const fewestExpected = 100;

/**
 * Compares counts from many samples of the same spins with exact probabilities. Samples of one spin are not
 * independent, but `groups` of spins are, so the scatter between groups gives the error of each bin: t = (mean of the
 * groups' fractions − p)/standard error has Student's law with one degree of freedom less than groups. The largest |t|
 * counts, its p-value times the bins (Bonferroni).
 *
 * `errors` bounds the errors of the exact probabilities; `allowedBias` is an allowed relative bias of each.
 */
export function compareGathered(
  observable: string,
  groups: readonly NumericArray[],
  probabilities: NumericArray,
  { errors, allowedBias = 0 }: { readonly errors?: NumericArray; readonly allowedBias?: number } = {},
): Comparison {
  const test = "largest of the bins' t-scores";
  const totals = groups.map(total);
  if (groups.length < 2 || totals.some((sum) => sum === 0))
    return notCompared(observable, test, "fewer than two groups of spins have counts");
  const least = Math.min(...totals);
  const scores: { t: number; pValue: number }[] = [];
  for (let bin = 0; bin < probabilities.length; bin++) {
    const p = probabilities[bin];
    if (p * least < fewestExpected) continue;
    const fractions = groups.map((counts, g) => counts[bin] / totals[g]);
    const mean = total(fractions) / groups.length;
    const scatter = total(fractions.map((x) => (x - mean) ** 2)) / (groups.length - 1);
    const error = Math.sqrt(scatter / groups.length);
    const forgiven = allowedBias * p + (errors?.[bin] ?? 0);
    const excess = Math.max(Math.abs(mean - p) - forgiven, 0);
    if (error === 0) scores.push({ t: excess, pValue: excess > 1e-12 ? 0 : 1 });
    else
      scores.push({
        t: (mean - p) / error,
        pValue: studentTwoSided(excess / error, groups.length - 1),
      });
  }
  if (scores.length === 0)
    return notCompared(observable, test, `no bin expects ${fewestExpected} counts in each group of spins`);
  const worst = scores.reduce((a, b) => (b.pValue < a.pValue ? b : a));
  return {
    observable,
    test,
    statistic: worst.t,
    degreesOfFreedom: groups.length - 1,
    pValue: Math.min(1, scores.length * worst.pValue),
  };
}
