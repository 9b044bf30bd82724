import type { Observation } from "../ensemble/observations.ts";
import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import { autocorrelation } from "../fokker-planck/autocorrelation.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { isDriven } from "../fokker-planck/switching.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { notCompared } from "../statistics/comparison.ts";
import { expectedSpectrum } from "../statistics/spectrum.ts";
import { compareSpectrum } from "../statistics/spectrum-comparison.ts";
import { unsettled } from "./settled.ts";
import { firstSettled, segmentOf, spectrumOf } from "./spectrum-result.ts";

type Planned = Extract<PlannedObservable, { type: "spectrum" }>;
type Observed = Extract<Observation, { type: "spectrum" }>;

/** What the estimate should give on average: window, aliases and length of the segments included. SI units. */
export interface ExactSpectrum {
  readonly mean: number;
  /** Hz */
  readonly frequencies: readonly number[];
  /** per Hz */
  readonly oneSidedPower: readonly number[];
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
  return exactly({
    mean: found.value.mean,
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
      ? [compareSpectra(problem, observation, planned, prediction, exact)]
      : [];
  });
