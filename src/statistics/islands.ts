import { studentQuantile } from "./incomplete-beta.ts";
import type { Interval } from "./interval.ts";

/** What independent islands say together of a positive figure. */
export interface IslandSummary {
  /** Their mean; null where none of them has seen anything. */
  readonly value: number | null;
  /** Interval by Student's t about the logarithm; null with the reason where it could not be believed. */
  readonly interval: Interval | null;
  readonly reason?: string;
  /** Relative standard error of the mean. */
  readonly relativeError: number | null;
  /** Between the least and the largest island, in decades; null where an island has nothing. */
  readonly decades: number | null;
}

/** Relative error above which the mean of the islands hangs on too few of them for any interval. */
const largestError = 0.5;

/**
 * Mean and interval from the natural logarithms of independent estimates of one figure, each unbiased. The error is of the mean of the
 * figures, not of their logarithms; the interval is symmetric about the logarithm, which keeps it positive.
 */
export function summaryOfIslands(logs: readonly number[], confidence = 0.95): IslandSummary {
  const count = logs.length;
  const highest = Math.max(...logs);
  if (!(highest > Number.NEGATIVE_INFINITY))
    return {
      value: null,
      interval: null,
      relativeError: null,
      decades: null,
      reason: "no island has seen the event",
    };
  const scaled = logs.map((log) => Math.exp(log - highest));
  const mean = scaled.reduce((sum, x) => sum + x, 0) / count;
  const variance = scaled.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
  const relativeError = Math.sqrt(variance / count) / mean;
  const value = mean * Math.exp(highest);
  const lowest = Math.min(...logs);
  const decades = lowest > Number.NEGATIVE_INFINITY ? (highest - lowest) / Math.LN10 : null;
  const told = { value, relativeError, decades };
  if (relativeError > largestError)
    return { ...told, interval: null, reason: "the islands differ too much: a few of them carry the figure" };
  const factor = Math.exp(studentQuantile(confidence, count - 1) * relativeError);
  return { ...told, interval: { value, low: value / factor, high: value * factor } };
}
