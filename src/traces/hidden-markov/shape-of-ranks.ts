import { monotoneInverse } from "../../numerics/monotone-inverse.ts";
import { twoSided } from "../../statistics/normal.ts";
import { tabulatedNormal } from "../../statistics/tabulated-normal.ts";

/** Normal score, in standard deviations, of a rank that double precision cannot distinguish from 0 or 1. */
const farthest = 6;

/**
 * Tests whether the ranks of samples follow the assumed noise: excess kurtosis of their normal scores, and its p-value.
 * Outliers, and noise that differs between levels, raise the fourth moment; converter steps up to the size of the noise
 * hardly change it. F. J. Anscombe, W. J. Glynn, Biometrika 70 (1983) 227.
 */
export function shapeOfRanks(ranks: Float64Array): { readonly pValue: number; readonly excess: number } {
  const n = ranks.length;
  const scores = ranks.map((rank) => monotoneInverse(tabulatedNormal, rank, -farthest, farthest));
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
  return { pValue: twoSided(z), excess: kurtosis - 3 };
}
