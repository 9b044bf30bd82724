import { SingularMatrixError } from "./dense-lu.ts";
import { throwIfInterrupted } from "./interruption.ts";
import type { SparseMatrix } from "./sparse.ts";

/** PA = LU of a banded matrix; row i of the work array holds columns i−lower … i+lower+upper. */
export interface BandedFactor {
  readonly n: number;
  readonly lower: number;
  readonly upper: number;
  readonly width: number;
  readonly band: Float64Array;
  readonly multipliers: Float64Array;
  readonly pivots: Int32Array;
}

/** Lower and upper half-bandwidth. */
export function bandwidths(a: SparseMatrix): { lower: number; upper: number } {
  let lower = 0;
  let upper = 0;
  for (let i = 0; i < a.rows; i++)
    for (let k = a.starts[i]; k < a.starts[i + 1]; k++) {
      lower = Math.max(lower, i - a.indices[k]);
      upper = Math.max(upper, a.indices[k] - i);
    }
  return { lower, upper };
}

/** Factors with partial pivoting in n·lower·(lower+upper) operations (Golub & Van Loan §4.3.4). */
export function factorBanded(a: SparseMatrix): BandedFactor {
  throwIfInterrupted();
  const n = a.rows;
  const { lower, upper } = bandwidths(a);
  // after pivoting U reaches lower+upper above the diagonal; rows are kept shifted so that column j of row i is at j−i+lower
  const width = 2 * lower + upper + 1;
  const band = new Float64Array(n * width);
  for (let i = 0; i < n; i++)
    for (let k = a.starts[i]; k < a.starts[i + 1]; k++)
      band[i * width + a.indices[k] - i + lower] = a.values[k];
  const multipliers = new Float64Array(n * lower);
  const pivots = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const last = Math.min(n - 1, k + lower);
    const end = Math.min(n - 1, k + lower + upper);
    const at = (row: number, column: number) => row * width + column - row + lower;
    let best = k;
    for (let i = k + 1; i <= last; i++) if (Math.abs(band[at(i, k)]) > Math.abs(band[at(best, k)])) best = i;
    pivots[k] = best;
    if (best !== k) {
      const shift = at(best, 0) - at(k, 0);
      for (let p = at(k, k); p <= at(k, end); p++) {
        const kept = band[p];
        band[p] = band[p + shift];
        band[p + shift] = kept;
      }
    }
    const pivot = band[at(k, k)];
    if (pivot === 0) throw new SingularMatrixError(`no pivot in column ${k} of ${n}`);
    for (let i = k + 1; i <= last; i++) {
      const factor = band[at(i, k)] / pivot;
      multipliers[k * lower + i - k - 1] = factor;
      if (factor === 0) continue;
      const shift = at(i, 0) - at(k, 0);
      for (let p = at(k, k + 1); p <= at(k, end); p++) band[p + shift] -= factor * band[p];
    }
  }
  return { n, lower, upper, width, band, multipliers, pivots };
}

/** Solves Ax = b in place. */
export function solveBanded(factor: BandedFactor, b: Float64Array): void {
  throwIfInterrupted();
  const { n, lower, upper, width, band, multipliers, pivots } = factor;
  for (let k = 0; k < n; k++) {
    swap(b, k, pivots[k]);
    const last = Math.min(n - 1, k + lower);
    for (let i = k + 1; i <= last; i++) b[i] -= multipliers[k * lower + i - k - 1] * b[k];
  }
  for (let k = n - 1; k >= 0; k--) {
    const end = Math.min(n - 1, k + lower + upper);
    let sum = b[k];
    for (let j = k + 1; j <= end; j++) sum -= band[k * width + j - k + lower] * b[j];
    b[k] = sum / band[k * width + lower];
  }
}

/** Solves Aᵀx = b in place. */
export function solveBandedTransposed(factor: BandedFactor, b: Float64Array): void {
  const { n, lower, upper, width, band, multipliers, pivots } = factor;
  for (let k = 0; k < n; k++) {
    const x = (b[k] /= band[k * width + lower]);
    const end = Math.min(n - 1, k + lower + upper);
    for (let j = k + 1; j <= end; j++) b[j] -= band[k * width + j - k + lower] * x;
  }
  for (let k = n - 1; k >= 0; k--) {
    const last = Math.min(n - 1, k + lower);
    for (let i = k + 1; i <= last; i++) b[k] -= multipliers[k * lower + i - k - 1] * b[i];
    swap(b, k, pivots[k]);
  }
}

function swap(b: Float64Array, i: number, j: number): void {
  if (i === j) return;
  const kept = b[i];
  b[i] = b[j];
  b[j] = kept;
}
