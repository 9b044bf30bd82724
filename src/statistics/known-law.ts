import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";

/** The exact law of a vector of functions: values of each function at nodes, and the probabilities of the nodes. */
export interface KnownLaw {
  readonly mass: Float64Array;
  /**
   * The same with what the exact side cannot tell from nothing: a small share of something that is positive everywhere, so
   * that what may have been lost does not count as impossible.
   */
  readonly possible: Float64Array;
  /** One row for each function. */
  readonly values: readonly Float64Array[];
}

/** A law in uncorrelated directions of unit variance: y = directions·(f − mean). */
export interface WhiteLaw {
  /** One row of coefficients for each direction. */
  readonly directions: readonly (readonly number[])[];
  /** Values of all directions at one node after another, the nodes that matter only. */
  readonly values: Float64Array;
  readonly mass: Float64Array;
  readonly possible: Float64Array;
}

/**
 * Directions whose variance is below this share of that of the functions themselves (scaled to unit variance) are dropped:
 * ⟨mx²⟩+⟨my²⟩+⟨mz²⟩ = 1 has none at all, and in a narrow well the higher harmonics of the fluctuation are lost in rounding.
 */
const degenerate = 1e-6;
/** Nodes with less mass tell only what is possible at all: every few of them stand for the others. */
const negligible = 1e-14;
const thinning = 5;

/** Standard deviations of functions of zero or more variance; rounding counts as none. */
export const deviations = ({ mass, values }: Pick<KnownLaw, "mass" | "values">): number[] =>
  values.map((row) => {
    const mean = row.reduce((sum, f, q) => sum + mass[q] * f, 0);
    const variance = row.reduce((sum, f, q) => sum + mass[q] * (f - mean) ** 2, 0);
    const largest = row.reduce((most, f) => Math.max(most, Math.abs(f)), 0);
    return Math.sqrt(variance) > 1e-10 * largest ? Math.sqrt(variance) : 0;
  });

/** Principal directions of a law; `isLost` drops those that a measurement cannot resolve. */
export function whitened(
  { mass, possible, values }: KnownLaw,
  isLost: (direction: readonly number[]) => boolean = () => false,
): WhiteLaw {
  const mean = values.map((row) => row.reduce((sum, f, q) => sum + mass[q] * f, 0));
  const deviation = deviations({ mass, values });
  const kept = deviation.flatMap((s, i) => (s > 0 ? [i] : []));
  const correlation = kept.map((i) =>
    kept.map((j) => {
      let sum = 0;
      for (let q = 0; q < mass.length; q++)
        sum += mass[q] * (values[i][q] - mean[i]) * (values[j][q] - mean[j]);
      return sum / (deviation[i] * deviation[j]);
    }),
  );
  const directions: number[][] = [];
  if (kept.length > 0) {
    const { values: eigenvalues, vectors } = symmetricEigen(correlation);
    eigenvalues.forEach((eigenvalue, k) => {
      if (!(eigenvalue > degenerate)) return;
      const direction = new Array<number>(values.length).fill(0);
      kept.forEach((i, a) => {
        direction[i] = vectors[k][a] / (deviation[i] * Math.sqrt(eigenvalue));
      });
      if (!isLost(direction)) directions.push(direction);
    });
  }
  const nodes: number[] = [];
  let empty = 0;
  for (let q = 0; q < mass.length; q++) if (mass[q] > negligible || empty++ % thinning === 0) nodes.push(q);
  const d = directions.length;
  const white = new Float64Array(nodes.length * d);
  nodes.forEach((q, at) => {
    for (let k = 0; k < d; k++) {
      let y = 0;
      for (let i = 0; i < mean.length; i++) y += directions[k][i] * (values[i][q] - mean[i]);
      white[at * d + k] = y;
    }
  });
  return {
    directions,
    values: white,
    mass: Float64Array.from(nodes, (q) => mass[q]),
    possible: Float64Array.from(nodes, (q) => possible[q] * (mass[q] > negligible ? 1 : thinning)),
  };
}
