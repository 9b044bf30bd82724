import type { Estimated } from "./hidden-markov/estimate.ts";
import { parameterNames } from "./hidden-markov/parameters.ts";
import { leaving, occupations } from "./hidden-markov/telegraph.ts";

/** A mean dwell time (s) with its 95 % interval and the number of dwells that the trace holds. */
export interface DwellEstimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** 95 % interval of the mean (s), symmetric in its logarithm. */
  readonly standardError: number;
  readonly count: number;
  /** Standard error from the scatter of long blocks in place of the likelihood's curvature (s). */
  readonly blockStandardError: number;
}

export interface LevelDwell extends DwellEstimate {
  readonly level: number;
  /** Rates to the other levels (1/s), 0 to itself. */
  readonly rates: readonly number[];
}

/** By chance, blocks may scatter more than the curvature predicts by up to this factor. */
const allowedScatter = 1.4;

/**
 * Mean dwell time of every level. If long blocks scatter clearly more than the likelihood allows, the trace does not
 * follow the model, and the larger error is used.
 */
export function levelDwells(estimated: Estimated, watched: number): LevelDwell[] {
  const { telegraph, free, covariance, blockCovariance } = estimated;
  const names = parameterNames(free);
  const share = occupations(telegraph);
  return telegraph.levels.map((level, s) => {
    const rate = leaving(telegraph, s);
    // d ln(rate of leaving) = Σ (rate to each / rate) d ln(rate to each)
    const weights = names.map((name) => {
      const [, to] = new RegExp(`^ln rate ${s} to (\\d+)$`).exec(name) ?? [];
      return to === undefined ? 0 : telegraph.rates[s][Number(to)] / rate;
    });
    const error = (matrix: typeof covariance): number => {
      let sum = 0;
      weights.forEach((a, i) => weights.forEach((b, j) => (sum += a * b * matrix.get(i, j))));
      return Math.sqrt(sum);
    };
    const [curvature, blocks] = [error(covariance), error(blockCovariance)];
    const relative = blocks > allowedScatter * curvature ? blocks : curvature;
    const mean = 1 / rate;
    return {
      level,
      mean,
      low: mean * Math.exp(-1.959964 * relative),
      high: mean * Math.exp(1.959964 * relative),
      standardError: mean * relative,
      blockStandardError: mean * blocks,
      count: Math.round(watched * share[s] * rate),
      rates: telegraph.rates[s],
    };
  });
}
