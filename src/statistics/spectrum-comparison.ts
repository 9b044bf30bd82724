import { fisherSurvival } from "../numerics/incomplete-beta.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared } from "./comparison.ts";
import { compareJointly, covarianceOfMeans } from "./moments.ts";
import type { NumericArray } from "./numeric-array.ts";

/**
 * Spectra of independent records against the exact (windowed, sampled) spectrum: the ratio measured/exact is averaged
 * over `bands` logarithmic bands, and Hotelling's T² asks whether all bands have mean 1, using the covariance between
 * records, so correlated frequencies (windows, telegraph noise) need no model. Needs at least four records per band.
 * H. Hotelling, Ann. Math. Stat. 2 (1931) 360.
 */
export function compareSpectrum(
  observable: string,
  perRecord: readonly NumericArray[],
  exact: NumericArray,
  bands = 8,
): Comparison {
  const test = "Hotelling, bands";
  const n = perRecord.length;
  const edges = bandEdges(exact.length, bands);
  const p = edges.length - 1;
  if (n < 4 * p) return notCompared(observable, test, `${n} records, at least ${4 * p} are needed`);
  const ratios = perRecord.map((record) =>
    Array.from({ length: p }, (_, b) => {
      let sum = 0;
      for (let k = edges[b]; k < edges[b + 1]; k++) sum += record[k] / exact[k] - 1;
      return sum / (edges[b + 1] - edges[b]);
    }),
  );
  const sums = new Array<number>(p).fill(0);
  const products = sums.map(() => new Array<number>(p).fill(0));
  for (const row of ratios)
    for (let i = 0; i < p; i++) {
      sums[i] += row[i];
      for (let j = 0; j < p; j++) products[i][j] += row[i] * row[j];
    }
  const joint = compareJointly(
    observable,
    sums.map((s) => s / n),
    new Array<number>(p).fill(0),
    covarianceOfMeans(sums, products, n),
  );
  if (joint.statistic === null || joint.degreesOfFreedom === null) return { ...joint, test };
  const rank = joint.degreesOfFreedom;
  const f = (joint.statistic * (n - rank)) / (rank * (n - 1));
  return {
    observable,
    test,
    statistic: joint.statistic,
    degreesOfFreedom: rank,
    pValue: fisherSurvival(f, rank, n - rank),
  };
}

/** Indices 1 … length − 1 in about `bands` logarithmic bands, none empty; the zero frequency has a band of its own. */
export function bandEdges(length: number, bands: number): number[] {
  const edges = [0, 1];
  for (let b = 1; b < bands; b++) {
    const next = Math.round((length - 1) ** (b / (bands - 1)) + (b === bands - 1 ? 1 : 0));
    if (next > (edges.at(-1) as number)) edges.push(Math.min(next, length));
  }
  return edges;
}
