import type { Observation } from "../ensemble/observations.ts";
import type { Problem } from "../experiment/problem.ts";
import type { SpectrumResult } from "../result.ts";
import type { Spectrum } from "../statistics/spectrum.ts";
import { powerSpectrum } from "../statistics/spectrum.ts";

type SpectrumObservation = Extract<Observation, { type: "spectrum" }>;

/** Fewest samples in time from which a spectrum is estimated, and the longest segment. */
const fewestSamples = 16;
const longestSegment = 1024;

/** Length of the segments that are transformed, a power of two; undefined with too few samples. */
export const segmentOf = (samples: number): number | undefined =>
  samples < fewestSamples ? undefined : Math.min(longestSegment, 2 ** Math.floor(Math.log2(samples)));

/**
 * The first sample of a spectrum that counts: all where the ensemble starts in equilibrium, the second half of the run
 * otherwise.
 */
export const firstSettled = (problem: Problem, samples: number): number =>
  problem.initial.kind === "boltzmann" ? 0 : Math.floor(samples / 2);

/**
 * Welch's estimate over all sampled spins. `interval` is the time between samples; `from` the first sample used (the
 * ones before may still relax); `mean` the exact mean where it is known. Null with too few samples.
 */
export function spectrumOf(
  { samples }: SpectrumObservation,
  interval: number,
  from: number,
  mean?: number,
): Spectrum | null {
  const used = samples.slice(from);
  const segmentLength = segmentOf(used.length);
  if (segmentLength === undefined) return null;
  const records = Array.from(used[0], (_, spin) => Float64Array.from(used, (sample) => sample[spin]));
  return powerSpectrum(records, { sampleInterval: interval, segmentLength, mean });
}

/** The spectrum in SI units: frequencies in Hz, power per Hz. */
export function spectrumResult(
  observation: SpectrumObservation,
  interval: number,
  from: number,
  mean?: number,
): SpectrumResult {
  const { name } = observation;
  const spectrum = spectrumOf(observation, interval, from, mean);
  if (!spectrum)
    return {
      type: "spectrum",
      name,
      frequencies: [],
      oneSidedPower: null,
      standardError: null,
      reason: `${observation.samples.length - from} samples are too few: at least ${fewestSamples} are needed`,
    };
  return {
    type: "spectrum",
    name,
    frequencies: [...spectrum.frequencies],
    oneSidedPower: [...spectrum.oneSidedPower],
    standardError: [...spectrum.standardError],
  };
}
