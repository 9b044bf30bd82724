import type { SplittingCounts } from "../../ensemble/splitting/counts.ts";
import { studentQuantile } from "../../numerics/incomplete-beta.ts";
import type { ConfidenceInterval } from "../../statistics/interval.ts";
import { summaryOfIslands } from "../../statistics/islands.ts";

/** If the figures with the step and with half of it differ by more than this many standard errors, neither is given. */
const unlike = 4;

/**
 * The figure with half the step over the figure, with its relative error; undefined if it was not requested, or if one
 * of them had no events.
 */
function halvedOver({ logs, halved }: SplittingCounts): { ratio: number; error: number } | undefined {
  if (!halved) return undefined;
  const [whole, half] = [summaryOfIslands(logs), summaryOfIslands(halved)];
  if (whole.value === null || half.value === null) return undefined;
  return {
    ratio: half.value / whole.value,
    error: Math.hypot(whole.relativeError ?? 0, half.relativeError ?? 0),
  };
}

/** The same with its 95 % interval, from both errors. */
export function halfStepOf(counts: SplittingCounts): ConfidenceInterval | null {
  const found = halvedOver(counts);
  if (!found) return null;
  const { ratio, error } = found;
  const t = studentQuantile(0.95, counts.logs.length - 1);
  return { value: ratio, low: ratio * Math.exp(-t * error), high: ratio * Math.exp(t * error) };
}

/** A warning if half the step gives a different figure. */
export function whyStepTooLong(counts: SplittingCounts): string | undefined {
  const found = halvedOver(counts);
  if (!found) return undefined;
  const off = Math.abs(Math.log(found.ratio)) / found.error;
  if (off <= unlike) return undefined;
  return (
    `with half the step the figure is ${found.ratio.toPrecision(3)} of it, ` +
    `${off.toPrecision(2)} standard errors away: the step is too long`
  );
}
