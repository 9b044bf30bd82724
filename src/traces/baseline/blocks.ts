import { averaged, type PlacedStretches, pieces } from "../stretches.ts";

/** A trace as means of successive samples, which suffice for a slow baseline. */
export interface MeanBlocks {
  /** Time of the first mean's centre from the start of the file (s). */
  readonly start: number;
  readonly means: Float64Array;
}

export interface Blocks {
  /** Samples of each mean. */
  readonly width: number;
  /** Time between the means (s). */
  readonly spacing: number;
  /** One for each stretch of the trace. */
  readonly pieces: readonly MeanBlocks[];
}

/** Means over `width` samples each within every stretch; the sample of index 0 is taken at time `sampleTime`/2. */
export function blocksOf(trace: PlacedStretches, sampleTime: number, width: number): Blocks {
  return {
    width,
    spacing: width * sampleTime,
    pieces: pieces(trace).map((piece, i) => ({
      start: (trace.origins[i] + width / 2) * sampleTime,
      means: averaged(piece, width),
    })),
  };
}

/** The same times with other values: `change` gets the piece, the index in it and the time. */
export const mapped = (
  blocks: Blocks,
  change: (value: number, piece: number, index: number, time: number) => number,
): Blocks => ({
  ...blocks,
  pieces: blocks.pieces.map(({ start, means }, p) => ({
    start,
    means: means.map((value, i) => change(value, p, i, start + i * blocks.spacing)),
  })),
});
