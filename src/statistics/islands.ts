import { studentQuantile } from "../numerics/incomplete-beta.ts";
import type { ConfidenceInterval } from "./interval.ts";

/** Combined estimate of a positive figure from independent islands. */
export interface IslandSummary {
  /** Mean of the islands; null if the event occurred on none. */
  readonly value: number | null;
  /** Interval by Student's t about the logarithm; null, with the reason, if it would not be reliable. */
  readonly interval: ConfidenceInterval | null;
  readonly reason?: string;
  /** Relative standard error of the mean. */
  readonly relativeError: number | null;
  /** Skewness of the islands: third central moment over the cube of their standard deviation, at least 0. */
  readonly skewness: number;
  /** Between the smallest and the largest island, in decades; null if an island has no events. */
  readonly decades: number | null;
}

/** A smaller relative difference between islands is rounding of their weights, not chance. */
const rounding = 1e-6;
/**
 * Least effective share of the islands, from (Σx)²/Σx²: otherwise the mean depends on too few of them for any interval.
 */
const fewestCounting = 1 / 3;

/**
 * Mean and interval from the natural logarithms of independent estimates of one figure, each unbiased. The error is
 * that of the mean of the figures, not of their logarithms. The interval is symmetric in the logarithm, which keeps it
 * positive, and then longer upwards by a correction of t for skewness (Johnson, J. Am. Stat. Assoc. 73 (1978) 536),
 * because a sample tends to lack rare large islands.
 */
export function summaryOfIslands(logs: readonly number[], confidence = 0.95): IslandSummary {
  const count = logs.length;
  const highest = Math.max(...logs);
  const isLost = Number.isNaN(highest);
  if (!(highest > Number.NEGATIVE_INFINITY))
    return {
      value: null,
      interval: null,
      relativeError: null,
      skewness: 0,
      decades: null,
      reason: isLost
        ? "on an island all spins met the event at the same time: take more spins or fewer islands"
        : "the event occurred on no island",
    };
  const scaled = logs.map((log) => Math.exp(log - highest));
  const mean = scaled.reduce((sum, x) => sum + x, 0) / count;
  const variance = scaled.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
  const relativeError = Math.sqrt(variance / count) / mean;
  const value = mean * Math.exp(highest);
  const lowest = Math.min(...logs);
  const decades = lowest > Number.NEGATIVE_INFINITY ? (highest - lowest) / Math.LN10 : null;
  const cubes = scaled.reduce((sum, x) => sum + (x - mean) ** 3, 0) / count;
  const skewness = variance > 0 ? Math.max(0, cubes / variance ** 1.5) : 0;
  const estimate = { value, relativeError, skewness, decades };
  if (relativeError ** 2 * (count - 1) > 1 / fewestCounting - 1)
    return {
      ...estimate,
      interval: null,
      reason: "the islands differ too much: a few of them dominate the mean",
    };
  if (!(relativeError > rounding))
    return {
      ...estimate,
      interval: null,
      reason: "the islands do not differ: all their spins behaved alike, so their scatter gives no error",
    };
  const t = studentQuantile(confidence, count - 1);
  const bent = bendOf(skewness, count);
  const longer = t + bent * (2 * t * t + 1);
  const [low, high] = [value * Math.exp(-t * relativeError), value * Math.exp(longer * relativeError)];
  return { ...estimate, interval: { value, low, high } };
}

/** The same estimate with its error multiplied by a factor. */
export function widened(summary: IslandSummary, times: number): IslandSummary {
  const { interval, relativeError } = summary;
  if (times === 1 || relativeError === null) return summary;
  const further = (end: number, value: number): number => value * (end / value) ** times;
  return {
    ...summary,
    relativeError: times * relativeError,
    interval: interval && {
      value: interval.value,
      low: further(interval.low, interval.value),
      high: further(interval.high, interval.value),
    },
  };
}

/** Skewness adds this times 2t² + 1 to t upwards. */
const bendOf = (skewness: number, count: number): number => skewness / (6 * Math.sqrt(count));

/**
 * Student's t of a true figure that many standard errors above the mean in the logarithm: the t of the interval that
 * ends there.
 */
export function islandStatistic(above: number, skewness: number, count: number): number {
  const bent = bendOf(skewness, count);
  if (above <= 0 || bent === 0) return above;
  return Math.max(0, Math.sqrt(Math.max(0, 1 + 8 * bent * (above - bent))) - 1) / (4 * bent);
}
