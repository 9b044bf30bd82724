import type { Expression } from "../expression/expression.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import { fluctuation } from "./fluctuation.ts";
import { propagatorOf } from "./propagator.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";
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
  for (const sector of sectors(forward, ordering, 0)) {
    const b = Float64Array.from(sector.unknowns, (i) => -source[i]);
    if (b.every((value) => value === 0)) continue;
    factorSector(sectorMatrix(forward, sector), sector).solve(b);
    sector.unknowns.forEach((unknown, i) => {
      integral += observable[unknown] * b[i];
    });
  }
  const variance = dotProduct(observable, source);
  return exactly({ mean, variance, covariance, correlationTime: integral / variance });
}
