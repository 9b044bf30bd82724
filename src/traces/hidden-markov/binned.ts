import { quantilesOf } from "../../numerics/quantiles.ts";
import { middleOf } from "../stretches.ts";
import type { Telegraph } from "./telegraph.ts";

/** Samples as numbers of bins: the probability of a sample is then looked up, not computed. */
export interface BinnedTrace {
  readonly bins: Uint16Array;
  /** Centre of bin i: first + i·width. */
  readonly first: number;
  readonly width: number;
  readonly count: number;
  /** Time between samples (s). */
  readonly sampleTime: number;
  /** Samples at which a new stretch begins, apart from the first: nothing is known across them. */
  readonly breaks: readonly number[];
}

/** Bins of the noise's standard deviation: the rounding adds 1.4e-4 to its variance. */
const binsPerNoise = 24;

/** Samples far outside are put into the last bin on their side, where they say nothing about the level. */
export function binTrace(
  values: Float32Array | Float64Array,
  sampleTime: number,
  noise: number,
  range: readonly [number, number],
  breaks: readonly number[] = [],
): BinnedTrace {
  const width = Math.max(noise / binsPerNoise, (range[1] - range[0]) / 4000);
  const count = Math.max(2, Math.ceil((range[1] - range[0]) / width) + 1);
  const first = range[0];
  const bins = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++)
    bins[i] = Math.min(count - 1, Math.max(0, Math.round((values[i] - first) / width)));
  return { bins, first, width, count, sampleTime, breaks };
}

/** A stretch of a trace; the memory is shared. */
export const stretch = (trace: BinnedTrace, start: number, end: number): BinnedTrace => ({
  ...trace,
  bins: trace.bins.subarray(start, end),
  breaks: trace.breaks.filter((at) => at > start && at < end).map((at) => at - start),
});

/** In bins that reach from below the lowest level to above the highest, the noise included. */
export function binAround(
  values: Float64Array,
  sampleTime: number,
  { levels, noise }: Telegraph,
  breaks: readonly number[],
): BinnedTrace {
  const at = quantilesOf(middleOf(values, 200_000));
  const low = Math.min(levels[0], at(0.001)) - 5 * noise;
  const high = Math.max(levels[levels.length - 1], at(0.999)) + 5 * noise;
  return binTrace(values, sampleTime, noise, [low, high], breaks);
}
