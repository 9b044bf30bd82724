import { studentQuantile } from "../numerics/incomplete-beta.ts";
import type { ConfidenceInterval } from "./interval.ts";

/** What independent islands say together of a positive figure. */
export interface IslandSummary {
  /** Their mean; null where none of them has seen anything. */
  readonly value: number | null;
  /** Interval by Student's t about the logarithm; null with the reason where it could not be believed. */
  readonly interval: ConfidenceInterval | null;
  readonly reason?: string;
  /** Relative standard error of the mean. */
  readonly relativeError: number | null;
  /** Third moment of the islands over that of their standard deviation, not below 0. */
  readonly skewness: number;
  /** Between the least and the largest island, in decades; null where an island has nothing. */
  readonly decades: number | null;
}

/** Islands that differ by less, relatively, differ by the rounding of their weights and not by chance. */
const rounding = 1e-6;
/** Share of the islands that must count, (Σx)²/Σx² of them: else the mean hangs on too few for any interval. */
const fewestCounting = 1 / 3;

/**
 * Mean and interval from the natural logarithms of independent estimates of one figure, each unbiased. The error is of the mean of the
 * figures, not of their logarithms. The interval is about the logarithm, which keeps it positive; upwards it is longer by what the
 * skewness of the islands takes from t (Johnson, J. Am. Stat. Assoc. 73 (1978) 536): rare large islands are what a sample lacks.
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
        ? "on an island all spins met the event at once: take more spins or fewer islands"
        : "no island has seen the event",
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
      reason: "the islands do not differ: none of them has seen a spin that does otherwise",
    };
  const t = studentQuantile(confidence, count - 1);
  const bent = bendOf(skewness, count);
  const longer = t + bent * (2 * t * t + 1);
  const [low, high] = [value * Math.exp(-t * relativeError), value * Math.exp(longer * relativeError)];
  return { ...estimate, interval: { value, low, high } };
}

/** The same with an error that is so many times larger. */
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

/** What skewness adds to t upwards is this times 2t² + 1. */
const bendOf = (skewness: number, count: number): number => skewness / (6 * Math.sqrt(count));

/** Student's t of a true figure so many standard errors above the mean in the logarithm: that of the interval which ends there. */
export function islandStatistic(above: number, skewness: number, count: number): number {
  const bent = bendOf(skewness, count);
  if (above <= 0 || bent === 0) return above;
  return Math.max(0, Math.sqrt(Math.max(0, 1 + 8 * bent * (above - bent))) - 1) / (4 * bent);
}
