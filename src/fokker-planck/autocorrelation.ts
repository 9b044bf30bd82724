import { supremum } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { abs, sub } from "../expression/expression.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Density } from "./density.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import { fluctuation } from "./fluctuation.ts";
import type { Fluctuation } from "./fluctuation-in-basis.ts";
import { operatorOf } from "./instantaneous-operator.ts";
import { propagatorOf } from "./propagator.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

export interface ExactAutocorrelation {
  readonly mean: number;
  readonly variance: number;
  /** Covariance of f(t+lag) and f(t). */
  readonly covariance: readonly number[];
  /** ∫ covariance dlag / variance over lags from 0: the integral relaxation time, not 1/λ₁ in a bias field. */
  readonly correlationTime: number;
  /** Error estimates, each in the unit of its figure. */
  readonly errors: {
    readonly mean: number;
    readonly variance: number;
    readonly covariance: readonly number[];
    readonly correlationTime: number;
  };
}

/** The coarser resolution, with which figures are compared, has the degree divided by this, as for solutions. */
const finer = 1.25;

/**
 * Autocovariance of a stationary observable `of` (an expression of m) at ascending lags ≥ 0, with its integral correlation time. Times
 * are in the unit of the dynamics. Its error estimate is the largest of all figures, relative to the variance (the mean to its root, the
 * time to itself).
 */
export function autocorrelation(
  solution: FokkerPlanckSolution,
  of: Expression,
  lags: readonly number[],
): Exact<ExactAutocorrelation> {
  const stationary = solution.stationary();
  if (stationary.value === null) return stationary;
  const fine = integrals(solution, stationary.value, of, solution.lmax);
  if (fine.value === null) return fine;
  const coarse = integrals(solution, stationary.value, of, Math.floor(solution.lmax / finer));
  if (coarse.value === null) return coarse;
  const { prepared, variance, correlationTime } = fine.value;
  const { forward, ordering, observable, source, mean } = prepared;
  const covariance = [...propagatorOf(forward, ordering).values(source, lags, observable)];
  const ofMoments = stationary.errorEstimate ?? 0;
  const farthest = ofMoments > 0 ? supremum(abs(sub(of, mean)), {}).bound : 0;
  const ofMean = ofMoments * farthest;
  const ofVariance = Math.abs(variance - coarse.value.variance) + ofMoments * farthest ** 2;
  const ofTime = Math.abs(correlationTime - coarse.value.correlationTime);
  const errors = {
    mean: ofMean,
    variance: ofVariance,
    covariance: lags.map((lag) => ofVariance + variance * shiftAt(lag, correlationTime, ofTime)),
    correlationTime: ofTime,
  };
  const largest = Math.max(
    ofMean / Math.sqrt(variance),
    ...errors.covariance.map((e) => e / variance),
    ofTime / correlationTime,
  );
  return exactly({ mean, variance, covariance, correlationTime, errors }, largest);
}

/** Upper bound of the change of exp(−t/τ) by an error of τ: t/τ of it soon after the start, 1/e of it at t = τ. */
const shiftAt = (lag: number, time: number, error: number): number =>
  Math.min(lag / time, 1 / Math.E) * (error / time);

/** The fluctuation at one resolution, its variance and its correlation time. */
function integrals(
  solution: FokkerPlanckSolution,
  stationary: Density,
  of: Expression,
  lmax: number,
): Exact<{ readonly prepared: Fluctuation; readonly variance: number; readonly correlationTime: number }> {
  const prepared = fluctuation(solution, stationary, of, lmax);
  if (prepared.value === null) return prepared;
  const { forward, ordering, observable, source } = prepared.value;
  let integral = 0;
  for (const part of operatorOf(forward, ordering).sectors) {
    const b = part.gather(source);
    if (b.every((value) => value === 0)) continue;
    part.shifted().solve(b);
    integral -= dotProduct(part.gather(observable), b);
  }
  const variance = dotProduct(observable, source);
  return exactly({ prepared: prepared.value, variance, correlationTime: integral / variance });
}
