import { quantilesOf } from "../../numerics/quantiles.ts";
import { middleOf } from "../stretches.ts";
import type { Answer } from "./answer.ts";
import type { Telegraph } from "./telegraph.ts";

/** Samples as bin numbers: the probability of a sample then comes from a table. */
export interface BinnedTrace {
  readonly bins: Uint16Array;
  /** Centre of bin i: first + i·width. */
  readonly first: number;
  readonly width: number;
  readonly count: number;
  /** Time between samples (s). */
  readonly sampleTime: number;
  /** Samples at which a new stretch begins, apart from the first: there is no correlation across these boundaries. */
  readonly breaks: readonly number[];
  /** Response of the samples to a jump, if it is more than the pole of a telegraph signal. */
  readonly answer?: Answer;
}

/** Bins per standard deviation of the noise: the rounding adds 1.4e-4 to its variance. */
const binsPerNoise = 24;

/** Samples far outside go into the last bin on their side, where they carry no information about the level. */
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

/**
 * Bins the samples, from below the lowest level to above the highest, with a margin for the noise and the overshoot of
 * a response.
 */
export function binAround(
  values: Float64Array,
  sampleTime: number,
  { levels, noise }: Telegraph,
  breaks: readonly number[],
  answer?: Answer,
): BinnedTrace {
  const at = quantilesOf(middleOf(values, 200_000));
  const { settled, remaining } = answer ?? { settled: 1, remaining: new Float64Array() };
  const [lowest, highest] = [levels[0], levels[levels.length - 1]];
  const over = remaining.reduce((most: number, rest: number) => Math.max(most, -rest, rest - settled), 0);
  const margin = 5 * noise + over * (highest - lowest);
  const low = Math.min(settled * lowest, at(0.001)) - margin;
  const high = Math.max(settled * highest, at(0.999)) + margin;
  const trace = binTrace(values, sampleTime, noise, [low, high], breaks);
  return answer ? { ...trace, answer } : trace;
}
