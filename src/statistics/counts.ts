import { noncentralChiSquaredSurvival } from "./chi-squared-distribution.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared } from "./comparison.ts";
import type { NumericArray } from "./numeric-array.ts";
import { total } from "./numeric-array.ts";
import { groupSparseBins, sumGroups } from "./sparse-bins.ts";

export interface CountsOptions {
  /** Number of independent samples; default the sum of the counts. Samples outside all bins form a bin of their own. */
  readonly samples?: number;
  /** Neighbouring bins are merged until this many counts are expected; default 10. */
  readonly minimumExpected?: number;
  /**
   * Bias that is allowed, as a root-mean-square relative error of the bin probabilities: r² = Σ (q−p)²/p. The null
   * hypothesis is then "r is at most this", and the p-value is that of its worst case, a non-central chi-squared with
   * noncentrality N r². A larger bias still fails, given enough samples. Default 0.
   */
  readonly allowedBias?: number;
  /** How far each probability may be off, absolute: a probability within it of zero is not impossible. Default 0. */
  readonly probabilityError?: number | undefined;
}

export interface CountsComparison extends Comparison {
  /** Merged bins: group g holds the bins [groupStarts[g], groupStarts[g+1]). */
  readonly groupStarts: readonly number[];
  /** (observed − expected)/√expected of every group; a picture of where the disagreement is. */
  readonly residuals: readonly number[];
}

/** Where so few counts are expected, a correct run shows none. */
const unseen = 1e-9;

/**
 * Pearson's chi-squared test of counts against exact probabilities, Σ (n−Np)²/(Np), degrees of freedom one less than
 * the groups. The samples must be independent: one per spin, not several times of one spin.
 *
 * The p-value does not rely on the chi-squared limit alone. The variance of the statistic under a multinomial is
 * exactly 2(B−1) + (Σ1/p − B² − 2B + 2)/N, more than 2(B−1) when bins are sparse. A scaled chi-squared with the exact
 * mean and variance is used, so that small p-values are not too small (J. B. S. Haldane, Biometrika 29 (1937) 133).
 *
 * Counts where the probability is zero give p-value 0, unless the error of the probabilities allows for one count. With
 * fewer than two groups there is nothing to test: null, with the reason.
 */
export function compareCounts(
  observable: string,
  counts: NumericArray,
  probabilities: NumericArray,
  options: CountsOptions = {},
): CountsComparison {
  const inBins = total(counts);
  const samples = options.samples ?? inBins;
  const minimum = options.minimumExpected ?? 10;
  // a negative probability has an error of at least its size
  const error = Array.from(probabilities).reduce(
    (most, p) => Math.max(most, -p),
    options.probabilityError ?? 0,
  );
  const refuse = (reason: string): CountsComparison => ({
    ...notCompared(observable, "chi-squared", reason),
    groupStarts: [],
    residuals: [],
  });
  if (counts.length !== probabilities.length)
    return refuse(`${counts.length} bins counted but ${probabilities.length} probabilities given`);
  if (!(samples > 0)) return refuse("no samples");
  if (samples < inBins) return refuse(`the bins hold ${inBins} counts, more than the ${samples} samples`);

  const observed = Array.from(counts);
  const chance = Array.from(probabilities, (p) => Math.max(0, p));
  const outside = 1 - total(chance);
  if (!Number.isFinite(outside)) return refuse("the probabilities are not finite");
  if (outside < -1e-6) return refuse(`the probabilities add up to ${1 - outside}, more than 1`);
  // Rounding of the exact side may leave a remainder of about 1e-9; the remainder is a bin only if it could hold a
  // count.
  if (samples > inBins || outside * samples > 1e-3) {
    observed.push(samples - inBins);
    chance.push(Math.max(0, outside));
  }

  const expected = chance.map((p) => p * samples);
  const starts = groupSparseBins(expected, minimum);
  const groups = starts.length - 1;
  // a probability of zero may be a small one within its error, if the error allows for a count
  const impossible = error * samples < unseen && observed.some((n, i) => n > 0 && expected[i] === 0);
  if (groups < 2 && !impossible)
    return refuse(`fewer than two groups of bins with ${minimum} expected counts each`);

  const groupObserved = sumGroups(observed, starts);
  const groupExpected = sumGroups(expected, starts);
  const residuals = groupObserved.map((n, g) => (n - groupExpected[g]) / Math.sqrt(groupExpected[g]));
  const statistic = residuals.reduce((sum, r) => sum + r * r, 0);
  const degreesOfFreedom = groups - 1;
  const shared = { observable, test: "chi-squared", statistic, degreesOfFreedom };
  if (impossible)
    return {
      ...shared,
      pValue: 0,
      reason: "counts where the exact probability is zero",
      groupStarts: starts,
      residuals,
    };
  // errors of the bins add Σ error²/p to the noncentrality, as a bias does
  const bias =
    (options.allowedBias ?? 0) + error * Math.sqrt(groupExpected.reduce((sum, e) => sum + samples / e, 0));
  const inverse = groupExpected.reduce((sum, e) => sum + 1 / e, 0);
  const variance = 2 * degreesOfFreedom + inverse - (groups * groups + 2 * groups - 2) / samples;
  const scale = Math.max(1, variance / (2 * degreesOfFreedom));
  const pValue = noncentralChiSquaredSurvival(
    statistic / scale,
    degreesOfFreedom / scale,
    (samples * bias * bias) / scale,
  );
  return { ...shared, pValue, groupStarts: starts, residuals };
}
