import type { PredictedPassage } from "../../fokker-planck/switching.ts";
import type { Estimate } from "../../statistics/interval.ts";
import { passageShares } from "./bins.ts";
import type { PassageCounts } from "./count.ts";

/** Means of passage times that were watched for one unit of time. */
export interface PassageMeans {
  /** Of min(τ, 1): known whatever becomes of those that did not pass. */
  readonly restricted: Estimate;
  /** Of τ; null where some did not pass and their remaining time is not known. */
  readonly whole: Estimate | null;
}

/** ∫ S dt over each bin, exponential between the edges; the shares are of the run. */
function integrals(survival: readonly number[]): number[] {
  return passageShares.slice(1).map((end, i) => {
    const [a, b] = [survival[i], survival[i + 1]];
    const ratio = b > 0 ? a / b : Number.POSITIVE_INFINITY;
    const height = ratio < 1 + 1e-6 || !Number.isFinite(ratio) ? (a + b) / 2 : (a - b) / Math.log(ratio);
    return (end - passageShares[i]) * height;
  });
}

/** The exact mean of min(τ, 1) from the exact survival at the edges of the bins. */
export const exactRestrictedMean = (survival: readonly number[]): number =>
  integrals(survival).reduce((sum, x) => sum + x, 0);

/** Less of the ensemble left than this and what it still has to wait is not worth a quotient of small numbers. */
const leastSurvival = 1e-9;

/** Mean time that a spin which has not passed in one unit of time still has to wait, from the exact side; times in units of the run. */
export function exactRemainder({ mean, survival }: PredictedPassage, duration: number): number | null {
  const left = survival[survival.length - 1];
  if (mean === null) return null;
  return left < leastSurvival ? 0 : Math.max(0, mean / duration - exactRestrictedMean(survival)) / left;
}

const estimate = (spins: number, sum: number, squares: number): Estimate => ({
  value: sum / spins,
  standardError: Math.sqrt(Math.max(squares / spins - (sum / spins) ** 2, 0) / Math.max(spins - 1, 1)),
});

/**
 * What was watched, as means. An exponential law is nowhere assumed: who did not pass counts with the run's length, or with that and
 * the exact mean remainder of those who are left.
 */
export function passageMeans(passage: PassageCounts, remainder: number | null): PassageMeans {
  const { passed, censored, sum, sumOfSquares } = passage;
  const spins = passed + censored;
  const of = (last: number): Estimate =>
    estimate(spins, sum + censored * last, sumOfSquares + censored * last * last);
  return {
    restricted: of(1),
    whole: censored === 0 ? of(1) : remainder === null ? null : of(1 + remainder),
  };
}
