import { chiSquaredSurvival } from "../../statistics/chi-squared-distribution.ts";
import { twoSided } from "../../statistics/normal.ts";
import { autocorrelation } from "../../statistics/spectrum.ts";
import { stretch } from "./binned.ts";
import type { Estimated } from "./estimate.ts";
import { shapeOfRanks } from "./shape-of-ranks.ts";
import { planWalk } from "./trace-walk.ts";

/** Whether samples depend on earlier ones more than the model predicts. */
export interface Whiteness {
  /** p-value of no such dependence: Ljung and Box's test of the ranks of the samples. */
  readonly pValue: number;
  readonly lags: number;
  readonly samples: number;
  /** Correlation of the ranks of a sample and the one before. */
  readonly correlation: number;
  /** p-value of no dependence among samples far from any jump; null if there is no dependence at all. */
  readonly pValueWithin: number | null;
  /**
   * p-value of the model's noise (normal and equal at all levels unless the trace shows otherwise): test of the
   * kurtosis of the samples' normal scores.
   */
  readonly pValueOfShape: number;
  /** Excess kurtosis of the normal scores. */
  readonly excess: number;
}

/** A dependence with a smaller p-value is reported. */
export const unlikely = 1e-4;

const mostSamples = 20_000;
const mostLags = 20;
/** Largest lag for samples far from any jump. */
const nearLags = 3;

/**
 * The ranks of samples given all before them are independent if the trace follows the model, whichever model that is. A
 * different filter or noise than given, or a signal that fluctuates within its levels, correlates them. G. M. Ljung, G.
 * E. P. Box, Biometrika 65 (1978) 297.
 */
export function whiteness({
  trace,
  telegraph,
  delay,
}: Pick<Estimated, "trace" | "telegraph" | "delay">): Whiteness {
  const samples = Math.min(mostSamples, trace.bins.length);
  const start = (trace.bins.length - samples) >> 1;
  const part = stretch(trace, start, start + samples);
  const walk = planWalk(telegraph, part);
  const chances = walk.ranks(telegraph);
  const ranks = chances.map((rank) => rank - 0.5);
  const shape = shapeOfRanks(chances);
  const [lags, edges] = [Math.min(mostLags, samples >> 3), new Set(part.breaks)];
  const margin = 2 + Math.ceil((4 * delay) / part.sampleTime) + nearLags;
  const { value } = autocorrelation([ranks], { sampleInterval: 1, lags, mean: 0 });
  const correlation = (lag: number): number => (value[lag] / value[0]) * (1 - lag / samples);
  let statistic = 0;
  for (let lag = 1; lag <= lags; lag++)
    statistic += (samples * (samples + 2) * correlation(lag) ** 2) / (samples - lag);
  const pValue = chiSquaredSurvival(statistic, lags);
  return {
    pValue,
    lags,
    samples,
    correlation: correlation(1),
    pValueOfShape: shape.pValue,
    excess: shape.excess,
    pValueWithin: pValue < unlikely ? withinLevels(ranks, walk.levels(telegraph), edges, margin) : null,
  };
}

/** Two-sided p-value of the first few lags. */
function withinLevels(
  ranks: Float64Array,
  levels: Uint8Array,
  edges: ReadonlySet<number>,
  margin: number,
): number {
  const calm = farFromJumps(levels, edges, margin);
  const square = ranks.reduce((sum, rank) => sum + rank * rank, 0) / ranks.length;
  let [products, count] = [0, 0];
  for (let lag = 1; lag <= nearLags; lag++)
    for (let i = lag; i < ranks.length; i++)
      if (calm[i] && calm[i - lag]) {
        products += ranks[i] * ranks[i - lag];
        count++;
      }
  return count > 0 ? twoSided(products / (square * Math.sqrt(count))) : 1;
}

/** Samples with no jump so many samples before or after them. */
function farFromJumps(levels: Uint8Array, edges: ReadonlySet<number>, margin: number): Uint8Array {
  const calm = new Uint8Array(levels.length).fill(1);
  for (let i = 1; i < levels.length; i++)
    if (levels[i] !== levels[i - 1] || edges.has(i)) calm.fill(0, Math.max(0, i - margin), i + margin);
  return calm;
}
