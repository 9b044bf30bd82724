import type { Problem } from "../../experiment/problem.ts";
import { autocorrelation } from "../../fokker-planck/autocorrelation.ts";
import { averagedAutocorrelation } from "../../fokker-planck/averaged-autocorrelation.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../../fokker-planck/exact.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";
import { isDriven } from "../../physics/dynamics.ts";
import type { Estimate } from "../../statistics/interval.ts";
import { correlationTimeOf, trapezoid } from "../../statistics/relaxation-time.ts";
import { expectedSpectrum } from "../../statistics/spectrum.ts";
import { firstSettled, lagsOf, segmentOf } from "./records.ts";
import type { PlannedSpectrum } from "./spec.ts";

/** Expectation of the estimate, with window, aliases and length of the segments. SI units. */
export interface ExactSpectrum {
  readonly mean: number;
  /** Hz */
  readonly frequencies: readonly number[];
  /** per Hz */
  readonly oneSidedPower: readonly number[];
  readonly variance: number;
  /** Autocovariance at the same lags (s) as the ensemble's. */
  readonly autocorrelation: { readonly times: readonly number[]; readonly value: readonly number[] };
  /** s */
  readonly correlationTime: number | null;
  /** Why there is none. */
  readonly correlationTimeReason?: string;
  /** Why there is neither spectrum nor autocovariance; mean, variance and correlation time need no samples. */
  readonly powerReason?: string;
  /**
   * Error of all these figures, relative to the variance (for the mean to its root, for the correlation time to
   * itself).
   */
  readonly errorEstimate: number;
}

/** The exact spectrum of the sampled process in segments as long as the ensemble's. */
export function predict(
  planned: PlannedSpectrum,
  problem: Problem,
  prediction: Prediction,
): Exact<ExactSpectrum> {
  if (isDriven(problem.dynamics))
    return outOfReach("a spectrum needs a stationary state, but a drive changes in time");
  const samples = Math.floor(problem.steps / planned.everySteps) + 1;
  const segment = segmentOf(samples - firstSettled(problem, samples));
  const interval = planned.everySteps * problem.timeStep;
  const lags = Array.from({ length: segment ?? 0 }, (_, j) => j * interval);
  const found = prediction.isSpread
    ? averagedAutocorrelation(prediction, planned.of, lags)
    : autocorrelation(prediction.typical.solution, planned.of, lags);
  if (found.value === null) return found;
  const { mean, variance, covariance, correlationTime } = found.value;
  const correlationTimeReason = "correlationTimeReason" in found.value && found.value.correlationTimeReason;
  const seconds = interval * problem.units.time;
  const kept = lagsOf(segment ?? 0);
  return exactly({
    mean,
    variance,
    autocorrelation: {
      times: lags.slice(0, kept + 1).map((lag) => lag * problem.units.time),
      value: covariance.slice(0, kept + 1),
    },
    correlationTime: correlationTime === null ? null : correlationTime * problem.units.time,
    ...(correlationTimeReason ? { correlationTimeReason } : {}),
    errorEstimate: found.errorEstimate ?? 0,
    ...(segment === undefined
      ? { frequencies: [], oneSidedPower: [], powerReason: "there are too few samples for a spectrum" }
      : {
          frequencies: Array.from({ length: segment / 2 + 1 }, (_, k) => k / (segment * seconds)),
          oneSidedPower: [...expectedSpectrum(covariance, segment, seconds)],
        }),
  });
}

/** Lags up to which a correlation time is integrated: beyond, the exact autocovariance stays below this share of the variance. */
const negligibleCovariance = 2e-3;

/** The number of that last lag; undefined if the lags end before. */
export function lastLagOf({ autocorrelation: { value } }: ExactSpectrum): number | undefined {
  const last = value.findLastIndex((c) => Math.abs(c) > negligibleCovariance * value[0]);
  return last + 1 < value.length ? Math.max(last + 1, 1) : undefined;
}

/**
 * The correlation time of records up to a lag, the error of the trapezoid over these lags, and whether it is too large
 * for a figure.
 */
export function timeOfRecords(
  records: readonly Float64Array[],
  { mean, autocorrelation: { times, value }, correlationTime }: ExactSpectrum,
  lags: number,
  interval: number,
): Estimate & { readonly off: number; readonly isTooMuch: boolean } {
  const found = correlationTimeOf(records, lags, interval, mean);
  if (correlationTime === null) return { ...found, off: 0, isTooMuch: false };
  const off = Math.abs(trapezoid(value, lags, times[1] - times[0]) / value[0] - correlationTime);
  return { ...found, off, isTooMuch: missesTooMuch(off, correlationTime, found.standardError) };
}

/** Largest error as a share of the correlation time. */
const largestMissed = 0.05;

/** Whether the trapezoid misses a larger share of the correlation time than its error can hide. */
export const missesTooMuch = (off: number, correlationTime: number, standardError: number): boolean =>
  off > Math.max(largestMissed * Math.abs(correlationTime), standardError);

export const tooFarApart = "the samples are too far apart to integrate the autocovariance";

/** The spectrum in the form of the result; empty, with the reason, if there is none. */
export interface SpectrumFigures {
  readonly frequencies: readonly number[];
  readonly oneSidedPower: readonly number[];
  readonly mean: number | null;
  readonly variance: number | null;
  /** Autocovariance at lags in s. */
  readonly autocorrelation: { readonly times: readonly number[]; readonly value: readonly number[] } | null;
  /** s */
  readonly correlationTime: number | null;
  /** Relative to the variance, or to the correlation time if that has the larger error. */
  readonly errorEstimate: number | null;
  readonly reason?: string;
  /** Why the correlation time alone is missing. */
  readonly correlationTimeReason?: string;
  /** Why only spectrum and autocovariance are missing. */
  readonly powerReason?: string;
}

export function exactFigures(known: Exact<ExactSpectrum> | null): SpectrumFigures | null {
  if (!known) return null;
  const nothing = {
    mean: null,
    variance: null,
    autocorrelation: null,
    correlationTime: null,
    errorEstimate: null,
  };
  if (known.value === null) return { frequencies: [], oneSidedPower: [], ...nothing, reason: known.reason };
  return known.value.powerReason ? { ...known.value, autocorrelation: null } : known.value;
}
