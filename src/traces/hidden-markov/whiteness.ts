import { monotoneInverse } from "../../numerics/monotone-inverse.ts";
import { chiSquaredSurvival } from "../../statistics/chi-squared-distribution.ts";
import { twoSided } from "../../statistics/normal.ts";
import { autocorrelation } from "../../statistics/spectrum.ts";
import { tabulatedNormal } from "../../statistics/tabulated-normal.ts";
import { stretch } from "./binned.ts";
import type { Estimated } from "./estimate.ts";
import { planWalk } from "./trace-walk.ts";

/** Do samples still depend on those before them, when all that the model foresees is taken away? */
export interface Whiteness {
  /** Of no such dependence: Ljung and Box's test of the ranks of the samples. */
  readonly pValue: number;
  readonly lags: number;
  readonly samples: number;
  /** Of the ranks of a sample and the one before. */
  readonly correlation: number;
  /** Of no dependence among samples that are far from any jump; null where there is none at all. */
  readonly pValueWithin: number | null;
  /** Of normal noise, the same at all levels: test of the kurtosis of the samples' normal scores. */
  readonly pValueOfShape: number;
  /** That kurtosis less 3. */
  readonly excess: number;
}

/** Dependences this unlikely are named. */
export const unlikely = 1e-4;

const mostSamples = 20_000;
const mostLags = 20;
/** Within these lags samples far from any jump are compared. */
const nearLags = 3;

/**
 * The ranks of samples given all before them are independent if the trace is as the model says, whatever else the model may be; a filter or a
 * noise other than was given, and a signal that fluctuates within its levels, correlate them. G. M. Ljung, G. E. P. Box, Biometrika 65
 * (1978) 297.
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
  const ranks = walk.ranks(telegraph).map((rank) => rank - 0.5);
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
    ...shapeOf(ranks),
    pValueWithin: pValue < unlikely ? withinLevels(ranks, walk.levels(telegraph), edges, margin) : null,
  };
}

/** A rank that double precision cannot tell from 0 or 1 counts as so far out, in standard deviations. */
const farthest = 6;

/**
 * Outliers, and noise that differs between levels, raise the fourth moment of normal scores; a converter's steps up to the noise hardly move
 * it. F. J. Anscombe, W. J. Glynn, Biometrika 70 (1983) 227.
 */
function shapeOf(ranks: Float64Array): Pick<Whiteness, "pValueOfShape" | "excess"> {
  const n = ranks.length;
  const scores = ranks.map((rank) => monotoneInverse(tabulatedNormal, rank + 0.5, -farthest, farthest));
  const mean = scores.reduce((sum, score) => sum + score, 0) / n;
  let [second, fourth] = [0, 0];
  for (const score of scores) {
    const square = (score - mean) ** 2;
    second += square;
    fourth += square * square;
  }
  const kurtosis = (n * fourth) / (second * second);
  const variance = (24 * n * (n - 2) * (n - 3)) / ((n + 1) ** 2 * (n + 3) * (n + 5));
  const standard = (kurtosis - (3 * (n - 1)) / (n + 1)) / Math.sqrt(variance);
  const skewness =
    ((6 * (n * n - 5 * n + 2)) / ((n + 7) * (n + 9))) *
    Math.sqrt((6 * (n + 3) * (n + 5)) / (n * (n - 2) * (n - 3)));
  const degrees = 6 + (8 / skewness) * (2 / skewness + Math.sqrt(1 + 4 / skewness ** 2));
  const ratio = (1 - 2 / degrees) / (1 + standard * Math.sqrt(2 / (degrees - 4)));
  const z = (1 - 2 / (9 * degrees) - Math.cbrt(ratio)) / Math.sqrt(2 / (9 * degrees));
  return { pValueOfShape: twoSided(z), excess: kurtosis - 3 };
}

/** Two-sided, of the first few lags. */
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
