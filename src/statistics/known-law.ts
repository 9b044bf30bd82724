import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";

/** The exact law of a vector of functions: values of each function at nodes, and the probabilities of the nodes. */
export interface KnownLaw {
  readonly mass: Float64Array;
  /**
   * The same law mixed with a small share of a density that is positive everywhere: small probabilities that the exact
   * side may have lost to rounding then do not count as impossible.
   */
  readonly possible: Float64Array;
  /** One row for each function. */
  readonly values: readonly Float64Array[];
}

/** A law in uncorrelated directions of unit variance: y = directions·(f − mean). */
export interface WhiteLaw {
  /** One row of coefficients for each direction. */
  readonly directions: readonly (readonly number[])[];
  /** Values of all directions, node after node, at the nodes with enough mass only. */
  readonly values: Float64Array;
  readonly mass: Float64Array;
  readonly possible: Float64Array;
}

/**
 * Directions whose variance is below this share of that of the functions themselves (scaled to unit variance) are dropped:
 * ⟨mx²⟩+⟨my²⟩+⟨mz²⟩ = 1 has none at all, and in a narrow well the higher harmonics of the fluctuation are lost in rounding.
 */
const degenerate = 1e-6;
/** Nodes with less mass only show which values are possible: every few of them stand for the others. */
const negligible = 1e-14;
const thinning = 5;

type Law = Pick<KnownLaw, "mass" | "values">;

// plain loops: nine functions at some ten thousand nodes, at every recorded time
const meansOf = ({ mass, values }: Law): number[] =>
  values.map((row) => {
    let mean = 0;
    for (let q = 0; q < row.length; q++) mean += mass[q] * row[q];
    return mean;
  });

/** Standard deviations of the functions; a variance within rounding counts as zero. */
export function deviations(law: Law, means: readonly number[] = meansOf(law)): number[] {
  const { mass, values } = law;
  return values.map((row, i) => {
    let [variance, largest] = [0, 0];
    for (let q = 0; q < row.length; q++) {
      variance += mass[q] * (row[q] - means[i]) ** 2;
      largest = Math.max(largest, Math.abs(row[q]));
    }
    return Math.sqrt(variance) > 1e-10 * largest ? Math.sqrt(variance) : 0;
  });
}

/** Correlations of some of the functions. */
function correlations(
  { mass, values }: Law,
  kept: readonly number[],
  mean: readonly number[],
  deviation: readonly number[],
): number[][] {
  const matrix = kept.map(() => new Array<number>(kept.length));
  kept.forEach((i, a) => {
    const row = values[i];
    for (let b = 0; b <= a; b++) {
      const j = kept[b];
      const other = values[j];
      let sum = 0;
      for (let q = 0; q < mass.length; q++) sum += mass[q] * (row[q] - mean[i]) * (other[q] - mean[j]);
      matrix[a][b] = sum / (deviation[i] * deviation[j]);
      matrix[b][a] = matrix[a][b];
    }
  });
  return matrix;
}

/** Principal directions of a law; `isLost` drops those that a measurement cannot resolve. */
export function whitened(
  law: KnownLaw,
  isLost: (direction: readonly number[]) => boolean = () => false,
): WhiteLaw {
  const { mass, possible, values } = law;
  const mean = meansOf(law);
  const deviation = deviations(law, mean);
  const kept = deviation.flatMap((s, i) => (s > 0 ? [i] : []));
  const correlation = correlations(law, kept, mean, deviation);
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
