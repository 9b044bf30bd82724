import type { Estimate } from "../../statistics/interval.ts";
import { passageBins, passageShares } from "./bins.ts";
import type { PassageCounts } from "./count.ts";

/** Means of passage times that were observed for one unit of time. */
export interface PassageMeans {
  /** Mean of min(τ, 1), which does not depend on the later fate of spins that did not pass. */
  readonly restricted: Estimate;
  /** Mean of τ; null if some did not pass and their remaining time is not known. */
  readonly whole: Estimate | null;
}

/**
 * The exact mean of min(τ, 1) from the exact survival at the edges of the bins: ∫ S dt by Simpson's rule in u, t = u⁴, in which the
 * edges are evenly spaced.
 */
export const exactRestrictedMean = (survival: readonly number[]): number =>
  survival.reduce((sum, value, i) => {
    const weight = i === 0 || i === passageBins ? 1 : i % 2 === 1 ? 4 : 2;
    return sum + (weight * value * 4 * (i / passageBins) ** 3) / (3 * passageBins);
  }, 0);

/** An exact law: the survival at the edges of the bins, and its mean if known. */
export interface PassageLaw {
  readonly mean: number | null;
  readonly survival: readonly number[];
}

/** If the remaining time is a smaller share of the mean, it is not taken as the difference of two means. */
const leastRest = 1e-3;

/**
 * Mean remaining time of a spin that has not passed in one unit of time, from the exact side; times in units of the
 * run. If it is a small share of the mean, one over the hazard at the end, if that is less.
 */
export function exactRemainder({ mean, survival }: PassageLaw, duration: number): number | null {
  if (mean === null) return null;
  const [before, left] = survival.slice(-2);
  if (!(left > 0)) return 0;
  const rest = Math.max(0, mean / duration - exactRestrictedMean(survival));
  if (rest > leastRest * (mean / duration)) return rest / left;
  const [from, to] = passageShares.slice(-2);
  const wait = before > left ? (to - from) / Math.log(before / left) : Number.POSITIVE_INFINITY;
  return Math.min(rest / left, wait);
}

const estimate = (spins: number, sum: number, squares: number): Estimate => ({
  value: sum / spins,
  standardError: Math.sqrt(Math.max(squares / spins - (sum / spins) ** 2, 0) / Math.max(spins - 1, 1)),
});

/**
 * Means of the observed times, without the assumption of an exponential law: a spin that did not pass counts with the
 * length of the run, or with that plus the exact mean remaining time.
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
