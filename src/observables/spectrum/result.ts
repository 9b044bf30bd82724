import type { Problem } from "../../experiment/problem.ts";
import type { Missing } from "../../result-parts.ts";
import type { Estimate } from "../../statistics/interval.ts";
import { fitSampledLorentzian } from "../../statistics/laws.ts";
import type { NumericArray } from "../../statistics/numeric-array.ts";
import type { Fitted } from "../../statistics/rate-laws.ts";
import { integralRelaxationTime, missedByTrapezoid } from "../../statistics/relaxation-time.ts";
import type { Spectrum } from "../../statistics/spectrum.ts";
import { autocorrelation, fewestScattered } from "../../statistics/spectrum.ts";
import type { ResultContext } from "../observable.ts";
import type { ObservedSpectrum } from "./count.ts";
import type { ExactSpectrum } from "./exact.ts";
import { lastLagOf, missesTooMuch, timeOfRecords, tooFarApart } from "./exact.ts";
import { fewestSamples, firstSettled, lagsOf, recordsOf, segmentOf, spectrumOf } from "./records.ts";
import type { PlannedSpectrum } from "./spec.ts";

export interface SpectrumResult extends Missing {
  readonly type: "spectrum";
  readonly name: string;
  /** Hz */
  readonly frequencies: readonly number[];
  /** per Hz */
  readonly oneSidedPower: readonly number[] | null;
  readonly standardError: readonly number[] | null;
  /** Autocovariance at lags in s, with the spread between spins; no errors with fewer than 10. */
  readonly autocorrelation: {
    readonly times: readonly number[];
    readonly value: readonly number[];
    readonly standardError: readonly number[];
  } | null;
  /** s, ∫ autocovariance / variance; it is not 1/λ₁ if a field empties one well. */
  readonly correlationTime: number | null;
  readonly correlationTimeStandardError: number | null;
  /** Why it is withheld. */
  readonly correlationTimeReason?: string;
  /** plateau/(1 + (f/corner)²) + floor through the spectrum, the corner in Hz. */
  readonly lorentzian: {
    readonly plateau: Fitted;
    readonly corner: Fitted;
    readonly floor: Fitted;
    readonly pValue: number | null;
    readonly outcome: string;
  } | null;
}

/** The spectrum in SI units: frequencies in Hz, power per Hz. */
export function result(
  observation: ObservedSpectrum,
  { everySteps }: PlannedSpectrum,
  problem: Problem,
  { known }: Pick<ResultContext<ExactSpectrum>, "known">,
): SpectrumResult {
  const { name } = observation;
  const interval = everySteps * problem.timeStep * problem.units.time;
  const from = firstSettled(problem, observation.samples.length);
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
    ...correlationsOf(observation, interval, from, known ?? undefined),
    lorentzian: lorentzianOf(spectrum, interval),
  };
}

/** Autocovariance and integral correlation time; errors are missing with too few spins to see their scatter. */
function correlationsOf(
  { samples }: Pick<ObservedSpectrum, "samples">,
  interval: number,
  from: number,
  exact?: ExactSpectrum,
): Pick<
  SpectrumResult,
  "autocorrelation" | "correlationTime" | "correlationTimeStandardError" | "correlationTimeReason"
> {
  const records = recordsOf(samples, from);
  const lags = lagsOf(segmentOf(records[0].length) ?? fewestSamples);
  const { times, value, standardError } = autocorrelation(records, { sampleInterval: interval, lags });
  const several = records.length > 1;
  const time = integralRelaxationTime(times, value, several ? { standardErrors: standardError } : {});
  // the exact side gives the lag beyond which nothing remains to integrate
  const lastLag = several && exact ? lastLagOf(exact) : undefined;
  const known =
    exact && lastLag !== undefined && lastLag <= lags
      ? timeOfRecords(records, exact, lastLag, interval)
      : undefined;
  const isScattered = records.length >= fewestScattered;
  const settled = time.upTo < times[times.length - 1];
  // a window that reached the last lag has truncated the integral
  const shown = known ?? (settled ? time : null);
  const isSparse = known
    ? known.isTooMuch
    : settled && isTooSparse(value, Math.round(time.upTo / interval), interval, time);
  // samples too far apart give a wrong integral
  const found = isSparse ? null : shown;
  return {
    autocorrelation: {
      times: [...times],
      value: [...value],
      standardError: isScattered ? [...standardError] : [],
    },
    correlationTime: found?.value ?? null,
    correlationTimeStandardError: isScattered ? (found?.standardError ?? null) : null,
    ...(isSparse ? { correlationTimeReason: tooFarApart } : {}),
  };
}

/**
 * The same without an exact side, from the measured autocovariance: doubling the interval changes its integral by too
 * much.
 */
function isTooSparse(
  values: NumericArray,
  lags: number,
  interval: number,
  { value, standardError }: Estimate,
): boolean {
  const off = missedByTrapezoid(values, lags, interval) / values[0];
  return missesTooMuch(off, value, Number.isFinite(standardError) ? standardError : 0);
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
