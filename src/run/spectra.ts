import type { Observation } from "../ensemble/observations.ts";
import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import { autocorrelation } from "../fokker-planck/autocorrelation.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { isDriven } from "../fokker-planck/switching.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { notCompared } from "../statistics/comparison.ts";
import { compareValue } from "../statistics/moments.ts";
import { autocorrelation as autocorrelationOf, expectedSpectrum } from "../statistics/spectrum.ts";
import { compareSpectrum } from "../statistics/spectrum-comparison.ts";
import { unsettled } from "./settled.ts";
import { firstSettled, lagsOf, recordsOf, segmentOf, spectrumOf } from "./spectrum-result.ts";

type Planned = Extract<PlannedObservable, { type: "spectrum" }>;
type Observed = Extract<Observation, { type: "spectrum" }>;

/** What the estimate should give on average: window, aliases and length of the segments included. SI units. */
export interface ExactSpectrum {
  readonly mean: number;
  /** Hz */
  readonly frequencies: readonly number[];
  /** per Hz */
  readonly oneSidedPower: readonly number[];
  readonly variance: number;
  /** Autocovariance at the lags that the ensemble's has, s. */
  readonly autocorrelation: { readonly times: readonly number[]; readonly value: readonly number[] };
  /** s */
  readonly correlationTime: number;
}

/** The exact spectrum of the sampled process in segments as long as the ensemble's. */
export function predictSpectrum(
  problem: Problem,
  prediction: Prediction,
  planned: Planned,
): Exact<ExactSpectrum> {
  if (isDriven(problem))
    return outOfReach("a spectrum belongs to a stationary state, and here a drive changes");
  if (prediction.members.length > 1) return outOfReach("spectra differ from spin to spin");
  const samples = Math.floor(problem.steps / planned.everySteps) + 1;
  const segment = segmentOf(samples - firstSettled(problem, samples));
  if (segment === undefined) return outOfReach("there are too few samples for a spectrum");
  const interval = planned.everySteps * problem.timeStep;
  const lags = Array.from({ length: segment }, (_, j) => j * interval);
  const found = autocorrelation(prediction.members[0].solution, planned.of, lags);
  if (found.value === null) return found;
  const seconds = interval * problem.units.time;
  const kept = lagsOf(segment);
  return exactly({
    mean: found.value.mean,
    variance: found.value.variance,
    autocorrelation: {
      times: lags.slice(0, kept + 1).map((lag) => lag * problem.units.time),
      value: found.value.covariance.slice(0, kept + 1),
    },
    correlationTime: found.value.correlationTime * problem.units.time,
    frequencies: Array.from({ length: segment / 2 + 1 }, (_, k) => k / (segment * seconds)),
    oneSidedPower: [...expectedSpectrum(found.value.covariance, segment, seconds)],
  });
}

/** The ensemble's spectra, spin by spin, against the exact one. */
function compareSpectra(
  problem: Problem,
  observation: Observed,
  planned: Planned,
  prediction: Prediction,
  exact: Exact<ExactSpectrum>,
): Comparison {
  const { name, samples } = observation;
  const refuse = (reason: string): Comparison => notCompared(name, "Hotelling, bands", reason);
  if (exact.value === null) return refuse(exact.reason);
  const from = firstSettled(problem, samples.length);
  const reason = unsettled(problem, prediction, from * planned.everySteps * problem.timeStep);
  if (reason) return refuse(reason);
  const seconds = planned.everySteps * problem.timeStep * problem.units.time;
  const found = spectrumOf(observation, seconds, from, exact.value.mean);
  return found
    ? compareSpectrum(name, found.perRecord, exact.value.oneSidedPower)
    : refuse("there are too few samples for a spectrum");
}

/** The lags compared: neighbours tell the same, so few are enough. */
const comparedLags = (lags: number): number[] =>
  [0, 1, 2, 4, 8, 16, 32, 64, 128].filter((lag) => lag <= lags);
const fewestRecords = 50;

/** The autocovariance at a few lags: the one farthest off, with its p-value times their number (Bonferroni). */
function compareAutocorrelation(
  problem: Problem,
  { name, samples }: Observed,
  planned: Planned,
  prediction: Prediction,
  exact: Exact<ExactSpectrum>,
): Comparison {
  const label = `autocorrelation, ${name}`;
  const test = "largest of z-scores";
  if (exact.value === null) return notCompared(label, test, exact.reason);
  const from = firstSettled(problem, samples.length);
  const reason = unsettled(problem, prediction, from * planned.everySteps * problem.timeStep);
  if (reason) return notCompared(label, test, reason);
  const records = recordsOf(samples, from);
  if (records.length < fewestRecords)
    return notCompared(label, test, `${records.length} spins, at least ${fewestRecords} are needed`);
  const { mean, autocorrelation: known } = exact.value;
  const found = autocorrelationOf(records, { sampleInterval: 1, lags: known.value.length - 1, mean });
  const scores = comparedLags(found.value.length - 1).map((lag) =>
    compareValue(label, found.value[lag], known.value[lag], found.standardError[lag], {
      allowedBias: allowedCovarianceBias * known.value[0],
    }),
  );
  const worst = scores.reduce((a, b) => ((b.pValue ?? 1) < (a.pValue ?? 1) ? b : a));
  return { ...worst, test, pValue: Math.min(1, scores.length * (worst.pValue ?? 1)) };
}

/** Bias of an autocovariance, relative to the variance, that a time step may cause. */
const allowedCovarianceBias = 1e-3;

/** Every observed spectrum against its exact one. */
export const compareAllSpectra = (
  problem: Problem,
  observations: readonly Observation[],
  prediction: Prediction,
  spectra: ReadonlyMap<string, Exact<ExactSpectrum>>,
): Comparison[] =>
  observations.flatMap((observation, i) => {
    const planned = problem.observables[i];
    const exact = spectra.get(observation.name);
    return observation.type === "spectrum" && planned.type === "spectrum" && exact
      ? [
          compareSpectra(problem, observation, planned, prediction, exact),
          compareAutocorrelation(problem, observation, planned, prediction, exact),
        ]
      : [];
  });
