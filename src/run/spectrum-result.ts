import type { Observation } from "../ensemble/observations.ts";
import type { Problem } from "../experiment/problem.ts";
import type { SpectrumResult } from "../result.ts";
import { fitSampledLorentzian } from "../statistics/laws.ts";
import { correlationTimeOf, integralRelaxationTime } from "../statistics/relaxation-time.ts";
import type { Spectrum } from "../statistics/spectrum.ts";
import { autocorrelation, powerSpectrum } from "../statistics/spectrum.ts";

type SpectrumObservation = Extract<Observation, { type: "spectrum" }>;

/** Fewest samples in time from which a spectrum is estimated, and the longest segment. */
const fewestSamples = 16;
const longestSegment = 1024;

/** Length of the segments that are transformed, a power of two; undefined with too few samples. */
export const segmentOf = (samples: number): number | undefined =>
  samples < fewestSamples ? undefined : Math.min(longestSegment, 2 ** Math.floor(Math.log2(samples)));

/** Lags of the autocovariance: half a segment, where every lag still has many pairs. */
export const lagsOf = (segment: number): number => segment / 2;

/** The samples of each spin in turn. */
export const recordsOf = (samples: readonly Float64Array[], from: number): Float64Array[] => {
  const used = samples.slice(from);
  return Array.from(used[0], (_, spin) => Float64Array.from(used, (sample) => sample[spin]));
};

/**
 * The first sample of a spectrum that counts: all where the ensemble starts in equilibrium and nothing drives it, the second
 * half of the run otherwise.
 */
export const firstSettled = ({ initial, experiment }: Problem, samples: number): number =>
  initial.kind === "boltzmann" && experiment.torques.length === 0 ? 0 : Math.floor(samples / 2);

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
  return powerSpectrum(recordsOf(samples, from), { sampleInterval: interval, segmentLength, mean });
}

/** The spectrum in SI units: frequencies in Hz, power per Hz. */
export function spectrumResult(
  observation: SpectrumObservation,
  interval: number,
  from: number,
  exact?: { readonly mean: number; readonly lastLag: number | undefined },
): SpectrumResult {
  const { name } = observation;
  const spectrum = spectrumOf(observation, interval, from);
  if (!spectrum)
    return {
      type: "spectrum",
      name,
      frequencies: [],
      oneSidedPower: null,
      standardError: null,
      autocorrelation: null,
      correlationTime: null,
      correlationTimeStandardError: null,
      lorentzian: null,
      reason: `${observation.samples.length - from} samples are too few: at least ${fewestSamples} are needed`,
    };
  return {
    type: "spectrum",
    name,
    frequencies: [...spectrum.frequencies],
    oneSidedPower: [...spectrum.oneSidedPower],
    standardError: [...spectrum.standardError],
    ...correlationsOf(observation, interval, from, exact),
    lorentzian: lorentzianOf(spectrum, interval),
  };
}

/** Autocovariance and integral correlation time; errors are null with one spin. */
function correlationsOf(
  { samples }: SpectrumObservation,
  interval: number,
  from: number,
  exact?: { readonly mean: number; readonly lastLag: number | undefined },
): Pick<SpectrumResult, "autocorrelation" | "correlationTime" | "correlationTimeStandardError"> {
  const records = recordsOf(samples, from);
  const lags = lagsOf(segmentOf(records[0].length) ?? fewestSamples);
  const { times, value, standardError } = autocorrelation(records, { sampleInterval: interval, lags });
  const several = records.length > 1;
  const time = integralRelaxationTime(times, value, several ? { standardErrors: standardError } : {});
  // the exact side says how far there is anything to integrate
  const known =
    several && exact?.lastLag !== undefined && exact.lastLag <= lags
      ? correlationTimeOf(records, exact.lastLag, interval, exact.mean)
      : undefined;
  const settled = time.upTo < times[times.length - 1];
  return {
    autocorrelation: {
      times: [...times],
      value: [...value],
      standardError: several ? [...standardError] : [],
    },
    // a window that reached the last lag has cut the integral off
    correlationTime: known?.value ?? (settled ? time.value : null),
    correlationTimeStandardError: known?.standardError ?? (settled && several ? time.standardError : null),
  };
}

function lorentzianOf(spectrum: Spectrum, interval: number): SpectrumResult["lorentzian"] {
  if (![...spectrum.standardError].every((error) => error > 0 && Number.isFinite(error))) return null;
  if (spectrum.frequencies.length < 8) return null;
  const fit = fitSampledLorentzian(spectrum, interval);
  if (fit.outcome !== "converged") return null;
  const [plateau, corner, floor] = fit.values.map((value, i) => ({
    value,
    standardError: fit.standardErrors[i],
  }));
  return { plateau, corner, floor, pValue: fit.pValue, outcome: fit.outcome };
}
