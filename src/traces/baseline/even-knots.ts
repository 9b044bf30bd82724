import type { Blocks, MeanBlocks } from "./blocks.ts";

/** Equidistant knots along one stretch of a trace; times in s from the start of the file. */
export interface EvenKnots {
  readonly start: number;
  readonly knotSpacing: number;
  readonly intervals: number;
}

/** Knots about `scale` (s) apart, at least one interval. */
export function evenKnots(
  { start, means }: MeanBlocks,
  { spacing }: Pick<Blocks, "spacing">,
  scale: number,
): EvenKnots {
  const length = means.length * spacing;
  const intervals = Math.max(1, Math.round(length / scale));
  return { start, knotSpacing: length / intervals, intervals };
}

/** The interval of a time, the nearest beyond the ends, and the place in it. */
export function placeIn({ start, knotSpacing, intervals }: EvenKnots, time: number): [number, number] {
  const x = (time - start) / knotSpacing;
  const interval = Math.min(intervals - 1, Math.max(0, Math.floor(x)));
  return [interval, x - interval];
}
