import { inverse, Matrix } from "ml-matrix";
import { chiSquaredSurvival } from "../statistics/chi-squared-distribution.ts";
import type { ConfidenceInterval } from "../statistics/interval.ts";
import { standardErrorsFor } from "../statistics/normal.ts";
import type { LikelihoodProgress } from "../traces/analysis-progress.ts";
import { usualSecondsLeft } from "../traces/analysis-progress.ts";
import { toVector } from "../traces/hidden-markov/parameters.ts";
import type { EliminatedSlopes, JointLikelihood, TraceToFit } from "./trace-likelihood.ts";
import { ratesPerTrace, TraceLikelihood } from "./trace-likelihood.ts";

/** Parameters of a model from the likelihood of the traces themselves, filter and noise included. */
export interface TraceLikelihoodFit {
  readonly names: readonly string[];
  readonly values: readonly number[];
  readonly standardErrors: readonly number[];
  /** 95 % */
  readonly intervals: readonly ConfidenceInterval[];
  readonly covariance: readonly (readonly number[])[];
  readonly logLikelihood: number;
  /**
   * Twice the gain of log-likelihood if every trace had its own rates: chi-squared distributed if the model is right.
   * `pValue` is null if there are no more rates than parameters.
   */
  readonly ratio: {
    readonly statistic: number;
    readonly degreesOfFreedom: number;
    readonly pValue: number | null;
  };
  readonly settled: boolean;
}

/** A smaller rise of the log-likelihood ends the search. */
const enough = 0.005;
const mostRounds = 20;

/**
 * Maximizes the sum of the traces' log-likelihoods over parameters of the model, whose exact mean dwell times give the
 * rates, and over levels, noise and pole of each trace. Outer products of the scores of blocks replace the curvature,
 * as in the analysis of one trace. `initial` are starting values of the parameters, best taken from a fit to the dwell
 * times. Throws RangeError for traces that do not have two levels, and the model's reason if it has no exact dwell
 * times.
 */
export function fitTraceLikelihood(
  experiment: unknown,
  traces: readonly TraceToFit[],
  names: readonly string[],
  initial: readonly number[],
  onProgress: (progress: LikelihoodProgress) => void = () => {},
): TraceLikelihoodFit {
  if (traces.some(({ telegraph }) => telegraph.levels.length !== 2))
    throw new RangeError("the model has two levels, up and down, so the traces must have two");
  const scales = initial.map((value) => (value === 0 ? 1 : Math.abs(value)));
  const likelihood = new TraceLikelihood(experiment, traces, names, scales, counting(traces, onProgress));
  const start = likelihood.at({
    model: initial.map((value, k) => value / scales[k]),
    own: likelihood.analysedOwn(),
  });
  if (!start) throw new RangeError("the model has no rates at the initial values");
  const { place, information, settled } = climbed(likelihood, start);
  const covariance = inverse(information);
  const statistic = Math.max(0, 2 * (likelihood.largest() - place.total));
  const degreesOfFreedom = ratesPerTrace * traces.length - names.length;
  const values = place.parameters.model.map((value, k) => value * scales[k]);
  const standardErrors = scales.map((scale, k) => scale * Math.sqrt(covariance.get(k, k)));
  return {
    names,
    values,
    standardErrors,
    intervals: values.map((value, k) => ({
      value,
      low: value - standardErrorsFor() * standardErrors[k],
      high: value + standardErrorsFor() * standardErrors[k],
    })),
    covariance: scales.map((a, k) => scales.map((b, j) => a * b * covariance.get(k, j))),
    logLikelihood: place.total,
    ratio: {
      statistic,
      degreesOfFreedom,
      pValue: degreesOfFreedom > 0 ? chiSquaredSurvival(statistic, degreesOfFreedom) : null,
    },
    settled,
  };
}

/** Usual number of rounds, in each of which all slopes and one or two other likelihoods are computed. */
const usualRounds = 4;

/** Listener for the evaluations of a fit to these traces, with the remaining time. */
function counting(
  traces: readonly TraceToFit[],
  onProgress: (progress: LikelihoodProgress) => void,
): () => void {
  const began = performance.now();
  const inRound = traces.reduce((sum, { telegraph, free }) => sum + toVector(telegraph, free).length + 2, 0);
  let evaluations = 0;
  return () => {
    const seconds = (performance.now() - began) / 1000;
    const left =
      evaluations === 0 ? null : usualSecondsLeft(seconds / evaluations, usualRounds * inRound, evaluations);
    onProgress({ evaluations: ++evaluations, seconds, left });
  };
}

/** Newton's method; each step is halved until the log-likelihood rises. */
function climbed(
  likelihood: TraceLikelihood,
  start: JointLikelihood,
): { readonly place: JointLikelihood; readonly information: Matrix; readonly settled: boolean } {
  let place = start;
  for (let round = 0; ; round++) {
    const slopes = likelihood.slopes(place);
    const information = total(slopes.map((of) => of.information));
    const gradient = total(slopes.map((of) => of.gradient));
    const step = inverse(information).mmul(gradient);
    const rise =
      0.5 *
      (gradient.transpose().mmul(step).get(0, 0) + slopes.reduce((all, { ownRise }) => all + ownRise, 0));
    if (rise < enough) return { place, information, settled: true };
    const next = round < mostRounds ? risen(likelihood, place, slopes, step) : null;
    if (!next) return { place, information, settled: false };
    place = next;
  }
}

function risen(
  likelihood: TraceLikelihood,
  { parameters, total }: JointLikelihood,
  slopes: readonly EliminatedSlopes[],
  step: Matrix,
): JointLikelihood | null {
  for (let length = 1; length > 0.01; length /= 2) {
    const tried = likelihood.at({
      model: parameters.model.map((value, k) => value + length * step.get(k, 0)),
      own: parameters.own.map((own, i) => {
        const move = slopes[i].ownStep(step);
        return own.map((value, j) => value + length * move[j]);
      }),
    });
    if (tried && tried.total > total) return tried;
  }
  return null;
}

const total = (parts: readonly Matrix[]): Matrix => parts.reduce((a, b) => Matrix.add(a, b));
