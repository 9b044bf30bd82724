import { mul, sub } from "../../expression/expression.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";
import type { Comparison } from "../../statistics/comparison.ts";
import { notCompared, speakingOf, tooFewSpins } from "../../statistics/comparison.ts";
import { compareValue } from "../../statistics/moments.ts";
import { autocorrelation as autocorrelationOf } from "../../statistics/spectrum.ts";
import { compareSpectrum } from "../../statistics/spectrum-comparison.ts";
import type { Beside } from "../observable.ts";
import type { ObservedSpectrum } from "./count.ts";
import type { ExactSpectrum } from "./exact.ts";
import { lastLagOf, timeOfRecords, tooFarApart } from "./exact.ts";
import { firstSettled, recordsOf, spectrumOf } from "./records.ts";
import type { PlannedSpectrum } from "./spec.ts";

type BesideSpectrum = Beside<PlannedSpectrum, ExactSpectrum>;

/**
 * With fewer independent segments than this, means of squares are not normal enough, mostly because of rare jumps
 * between states.
 */
const fewestStretches = 4000;

/**
 * Why averages of squares over the records are not normal enough for a test with errors from their scatter. The
 * criterion is the number of correlation times, over the kurtosis of the values: spins with two states that jump
 * seldom, or are mostly in one of them, need more. (Telegraph noise by simulation: with 4000 stretches false alarms at
 * 1e-3 are 1e-3, with 1000 ten times as many.)
 */
function tooFewStretches(
  prediction: Prediction,
  { of }: PlannedSpectrum,
  { mean, variance, autocorrelation: { times, value }, correlationTime }: ExactSpectrum,
  records: number,
  duration: number,
): string | undefined {
  const interval = times[1] - times[0];
  const squares = value.reduce((sum, c, j) => sum + (j === 0 ? 0.5 : 1) * (c / value[0]) ** 2, 0);
  const isCut = Math.abs(value[value.length - 1] / value[0]) > 0.05;
  const stretch = Math.max(2 * interval * squares, isCut ? (correlationTime ?? duration) : 0, interval);
  const density = prediction.typical.solution.stationary().value;
  const deviation = sub(of, mean);
  const squared = mul(deviation, deviation);
  const kurtosis = density ? density.mean(mul(squared, squared)) / variance ** 2 : 3;
  const stretches = (records * duration) / (stretch * Math.max(1, kurtosis));
  return stretches >= fewestStretches
    ? undefined
    : `${records} records hold ${Number(stretches.toPrecision(2))} independent stretches, at least ${fewestStretches} are needed`;
}

/** Expected number of jumps between wells in all records together: it must be almost zero, or large. */
const [noJumps, manyJumps] = [1e-4, 4000];

/**
 * Why bands of a spectrum depend on a few records. If spins seldom jump between wells, those in transit give most of
 * the power far from the resonance, and the scatter of the records does not show how many were expected. (Δ = 10, α =
 * 0.05, mx of 2048 spins over 300, 4 jumps: of 12 ensembles 6 had p-values below 1e-3, the least 1e-73.)
 */
function tooFewJumps(prediction: Prediction, records: number, duration: number): string | undefined {
  const { slowestRate } = prediction.typical.solution;
  if (slowestRate.value === null)
    return `how many jumps between wells the records hold is not known: ${slowestRate.reason}`;
  const jumps = slowestRate.value * duration * records;
  return jumps < noJumps || jumps > manyJumps
    ? undefined
    : `${records} records hold ${Number(jumps.toPrecision(2))} jumps between wells, on which its bands depend; at least ${manyJumps} are needed, or none`;
}

/** Compares the printed correlation time with the expectation of its sum over lags. */
function compareCorrelationTime(
  { name, samples }: ObservedSpectrum,
  from: number,
  exact: ExactSpectrum,
): Comparison {
  const label = `correlation time, ${name}`;
  const test = "t-score";
  const lags = lastLagOf(exact);
  if (lags === undefined)
    return notCompared(label, test, "it is longer than the lags that the records allow");
  const { times } = exact.autocorrelation;
  if (exact.correlationTime === null)
    return notCompared(label, test, exact.correlationTimeReason ?? "there is no exact one");
  const interval = times[1] - times[0];
  const records = recordsOf(samples, from);
  const { value, standardError, off, isTooMuch } = timeOfRecords(records, exact, lags, interval);
  if (isTooMuch) return notCompared(label, test, tooFarApart);
  return {
    ...compareValue(label, value, exact.correlationTime, standardError, {
      allowedBias: off + allowedCovarianceBias * lags * interval,
      degreesOfFreedom: records.length - 1,
    }),
    test,
  };
}

/** The number of independent segments is known for one spin, not for different ones. */
const differing = "spectra differ from spin to spin, and how independent their records are with them";

/** Compares the ensemble's spectra, spin by spin, with the exact one. */
function compareSpectra(
  observation: ObservedSpectrum,
  { problem, planned, prediction, known: exact, unsettled }: BesideSpectrum,
): Comparison {
  const { name, samples } = observation;
  const refuse = (reason: string): Comparison => notCompared(name, "Hotelling, bands", reason);
  if (exact.value === null) return refuse(exact.reason);
  if (exact.value.powerReason) return refuse(exact.value.powerReason);
  if (prediction.isSpread) return refuse(differing);
  const from = firstSettled(problem, samples.length);
  if (unsettled !== undefined) return refuse(unsettled);
  const seconds = planned.everySteps * problem.timeStep * problem.units.time;
  const few = tooFewStretches(
    prediction,
    planned,
    exact.value,
    samples[0].length,
    (samples.length - from) * seconds,
  );
  if (few) return refuse(few);
  const seldom = tooFewJumps(
    prediction,
    samples[0].length,
    (seconds / problem.units.time) * (samples.length - from),
  );
  if (seldom) return refuse(seldom);
  const found = spectrumOf(observation, seconds, from, exact.value.mean);
  return found
    ? compareSpectrum(name, found.perRecord, exact.value.oneSidedPower)
    : refuse("there are too few samples for a spectrum");
}

/** The lags compared; few are enough, because neighbouring lags are correlated. */
const comparedLags = (lags: number): number[] =>
  [0, 1, 2, 4, 8, 16, 32, 64, 128].filter((lag) => lag <= lags);
const fewestRecords = 50;

/** Autocovariance and correlation time. */
function compareCorrelations(observed: ObservedSpectrum, beside: BesideSpectrum): Comparison[] {
  const { name } = observed;
  const { problem, known: exact } = beside;
  const first = compareAutocorrelation(observed, beside);
  const keyed = speakingOf([`${name}: autocorrelation`], first);
  const key = [`${name}: correlation time`];
  const from = firstSettled(problem, observed.samples.length);
  return [
    keyed,
    speakingOf(
      key,
      exact.value === null || first.pValue === null
        ? notCompared(`correlation time, ${name}`, "t-score", first.reason ?? "nothing to compare")
        : compareCorrelationTime(observed, from, exact.value),
    ),
  ];
}

/** The autocovariance at a few lags: the largest t-score, its p-value times the number of lags (Bonferroni). */
function compareAutocorrelation(
  { name, samples }: ObservedSpectrum,
  { problem, planned, prediction, known: exact, unsettled }: BesideSpectrum,
): Comparison {
  const label = `autocorrelation, ${name}`;
  const test = "largest of t-scores";
  if (exact.value === null) return notCompared(label, test, exact.reason);
  if (exact.value.powerReason) return notCompared(label, test, exact.value.powerReason);
  if (prediction.isSpread) return notCompared(label, test, differing);
  const from = firstSettled(problem, samples.length);
  if (unsettled !== undefined) return notCompared(label, test, unsettled);
  const records = recordsOf(samples, from);
  if (records.length < fewestRecords)
    return notCompared(label, test, tooFewSpins(records.length, fewestRecords));
  const seconds = planned.everySteps * problem.timeStep * problem.units.time;
  const few = tooFewStretches(prediction, planned, exact.value, records.length, records[0].length * seconds);
  if (few) return notCompared(label, test, few);
  const { mean, autocorrelation: known } = exact.value;
  const found = autocorrelationOf(records, { sampleInterval: 1, lags: known.value.length - 1, mean });
  const scores = comparedLags(found.value.length - 1).map((lag) =>
    compareValue(label, found.value[lag], known.value[lag], found.standardError[lag], {
      allowedBias: allowedCovarianceBias * known.value[0],
      degreesOfFreedom: records.length - 1,
    }),
  );
  const worst = scores.reduce((a, b) => ((b.pValue ?? 1) < (a.pValue ?? 1) ? b : a));
  return { ...worst, test, pValue: Math.min(1, scores.length * (worst.pValue ?? 1)) };
}

/** Bias of an autocovariance, relative to the variance, that a time step may cause. */
const allowedCovarianceBias = 1e-3;

/** Compares bands of the spectrum, autocovariance and correlation time with the exact ones. */
export const compare = (observed: ObservedSpectrum, beside: BesideSpectrum): Comparison[] => [
  compareSpectra(observed, beside),
  ...compareCorrelations(observed, beside),
];
