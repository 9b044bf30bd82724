import type { Exact } from "../../fokker-planck/exact.ts";
import { studentTwoSided } from "../../numerics/incomplete-beta.ts";
import type { Comparison } from "../../statistics/comparison.ts";
import { islandStatistic } from "../../statistics/islands.ts";
import type { ObservedRareEvent } from "./count.ts";
import type { ExactRareEvent } from "./exact.ts";
import { believed } from "./result.ts";

/** Allowed shift of ln p by the finite step and the finite number of spins on an island (docs/rare-events.md). */
export const promisedShift = 0.02;

/**
 * Compares ln of the ensemble's figure with ln of the exact one, in standard errors of the islands, with the same
 * correction for skewness as the interval.
 */
export function compareRareEvent(
  { name, counts, reason }: ObservedRareEvent,
  exact: Exact<ExactRareEvent>,
): Comparison {
  const figures = [`${name}: figure`];
  const test = { observable: name, test: "Student's t of the logarithm", figures };
  const not = (why: string): Comparison => ({
    ...test,
    statistic: null,
    degreesOfFreedom: null,
    pValue: null,
    reason: why,
  });
  if (!counts) return not(reason ?? "nothing was counted");
  if (exact.value === null) return not(exact.reason);
  const { interval, value, relativeError, skewness, reason: doubt } = believed(counts);
  if (interval === null || value === null || relativeError === null) return not(doubt ?? "no interval");
  const { value: truth, errorEstimate } = exact.value;
  const difference = Math.log(value / truth);
  const excess = Math.max(0, Math.abs(difference) - promisedShift - errorEstimate);
  const above = (-Math.sign(difference) * excess) / relativeError;
  const statistic = -islandStatistic(above, skewness, counts.logs.length);
  const degreesOfFreedom = counts.logs.length - 1;
  return { ...test, statistic, degreesOfFreedom, pValue: studentTwoSided(statistic, degreesOfFreedom) };
}
