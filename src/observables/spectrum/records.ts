import type { Problem } from "../../experiment/problem.ts";
import { startsInEquilibrium } from "../../experiment/starts-in-equilibrium.ts";
import type { Spectrum } from "../../statistics/spectrum.ts";
import { powerSpectrum } from "../../statistics/spectrum.ts";
import type { ObservedSpectrum } from "./count.ts";

/** Fewest samples in time that give a spectrum, and the longest segment. */
export const fewestSamples = 16;
const longestSegment = 1024;

/** Length of the segments that are transformed, a power of two; undefined with too few samples. */
export const segmentOf = (samples: number): number | undefined =>
  samples < fewestSamples ? undefined : Math.min(longestSegment, 2 ** Math.floor(Math.log2(samples)));

/** Lags of the autocovariance: half a segment, where every lag still has many pairs. */
export const lagsOf = (segment: number): number => segment / 2;

/** The samples of each spin in turn. */
export const recordsOf = (samples: readonly Float64Array[], from: number): Float64Array[] => {
  const used = samples.slice(from);
  const records = Array.from(used[0], () => new Float64Array(used.length));
  // sample by sample, as they lie in memory
  for (const [i, sample] of used.entries())
    for (let spin = 0; spin < records.length; spin++) records[spin][i] = sample[spin];
  return records;
};

/**
 * The first sample that a spectrum uses: the very first if the ensemble starts in equilibrium and nothing drives it,
 * otherwise the one in the middle of the run.
 */
export const firstSettled = (problem: Problem, samples: number): number =>
  startsInEquilibrium(problem) ? 0 : Math.floor(samples / 2);

/**
 * Welch's estimate over all sampled spins. `interval` is the time between samples; `from` is the first sample used
 * (earlier ones may still relax); `mean` the exact mean where it is known. Null with too few samples.
 */
export function spectrumOf(
  { samples }: Pick<ObservedSpectrum, "samples">,
  interval: number,
  from: number,
  mean?: number,
): Spectrum | null {
  const used = samples.slice(from);
  const segmentLength = segmentOf(used.length);
  if (segmentLength === undefined) return null;
  return powerSpectrum(recordsOf(samples, from), { sampleInterval: interval, segmentLength, mean });
}
