import type { Observation } from "../ensemble/observations.ts";
import type { SpectrumResult } from "../result.ts";
import type { Spectrum } from "../statistics/spectrum.ts";
import { powerSpectrum } from "../statistics/spectrum.ts";

type SpectrumObservation = Extract<Observation, { type: "spectrum" }>;

/** Fewest samples in time from which a spectrum is estimated. */
const fewestSamples = 16;

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
  if (used.length < fewestSamples) return null;
  const records = Array.from(used[0], (_, spin) => Float64Array.from(used, (sample) => sample[spin]));
  const segmentLength = 2 ** Math.floor(Math.log2(used.length));
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
