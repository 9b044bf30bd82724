import type { BinnedTrace } from "./binned.ts";

/** Samples that are read together: results are for samples `from` to `end`; samples `first` to `last` are read. */
export interface OverlappingWindow {
  readonly from: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Windows of so many samples over every contiguous piece of a trace, each with a margin on either side as far as the
 * piece extends.
 */
export function* overlappingWindows(
  { bins, breaks }: Pick<BinnedTrace, "bins" | "breaks">,
  length: number,
  margin: number,
): Generator<OverlappingWindow> {
  const edges = [0, ...breaks, bins.length];
  for (let piece = 0; piece + 1 < edges.length; piece++)
    for (let from = edges[piece]; from < edges[piece + 1]; from += length) {
      const end = Math.min(edges[piece + 1], from + length);
      const first = Math.max(edges[piece], from - margin);
      yield { from, end, first, last: Math.min(edges[piece + 1], end + margin) };
    }
}
