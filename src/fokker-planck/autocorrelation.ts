import type { Expression } from "../expression/expression.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import { fluctuation } from "./fluctuation.ts";
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
}

/** Autocovariance of a stationary observable at ascending lags ≥ 0, with its integral correlation time. */
export function autocorrelation(
  solution: FokkerPlanckSolution,
  of: Expression,
  lags: readonly number[],
): Exact<ExactAutocorrelation> {
  const stationary = solution.stationary();
  if (stationary.value === null) return stationary;
  const prepared = fluctuation(solution, stationary.value, of, solution.lmax);
  if (prepared.value === null) return prepared;
  const { forward, ordering, observable, source, mean } = prepared.value;
  const covariance = [...propagatorOf(forward, ordering).values(source, lags, observable)];
  let integral = 0;
  for (const part of operatorOf(forward, ordering).sectors) {
    const b = part.gather(source);
    if (b.every((value) => value === 0)) continue;
    part.shifted().solve(b);
    integral -= dotProduct(part.gather(observable), b);
  }
  const variance = dotProduct(observable, source);
  return exactly({ mean, variance, covariance, correlationTime: integral / variance });
}
