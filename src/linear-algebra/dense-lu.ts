import { throwIfInterrupted } from "./interruption.ts";
/** Thrown where a matrix has no inverse to working precision. */
export class SingularMatrixError extends Error {
  override name = "SingularMatrixError";
}

/** PA = LU of a dense n×n matrix; L and U share `entries` (rows contiguous), `pivots[i]` is the row swapped with i. */
export interface DenseFactor {
  readonly n: number;
  readonly entries: Float64Array;
  readonly pivots: Int32Array;
}

/** Columns that are eliminated together: one pass over a row then makes that many updates. */
const panel = 8;

/**
 * Factors in place with partial pivoting. Columns are taken in panels: updates first stay inside the panel,
 * then the rest of each row gets all of them in one pass.
 */
export function factorDense(entries: Float64Array, n: number): DenseFactor {
  throwIfInterrupted();
  const pivots = new Int32Array(n);
  for (let from = 0; from < n; from += panel) {
    const to = Math.min(from + panel, n);
    for (let k = from; k < to; k++) eliminateColumn(entries, n, pivots, k, to);
    for (let i = from + 1; i < to; i++) subtractRows(entries, n, i, from, i, to);
    for (let i = to; i < n; i++) subtractRows(entries, n, i, from, to, to);
  }
  return { n, entries, pivots };
}

/** Pivot and multipliers of one column, and the update of the panel's other columns. */
function eliminateColumn(a: Float64Array, n: number, pivots: Int32Array, k: number, to: number): void {
  let best = k;
  let size = Math.abs(a[k * n + k]);
  for (let i = k + 1; i < n; i++) {
    const candidate = Math.abs(a[i * n + k]);
    if (candidate > size) [best, size] = [i, candidate];
  }
  if (!(size > 0)) throw new SingularMatrixError(`no pivot in column ${k} of ${n}`);
  pivots[k] = best;
  const row = k * n;
  if (best !== k) swapRows(a, row, best * n, n);
  const inverse = 1 / a[row + k];
  for (let i = k + 1; i < n; i++) {
    const other = i * n;
    const factor = a[other + k] * inverse;
    if (factor === 0) continue;
    a[other + k] = factor;
    for (let j = k + 1; j < to; j++) a[other + j] -= factor * a[row + j];
  }
}

/** Subtracts from row i its multiples of the rows from … to−1, in the columns from `column` on. */
function subtractRows(a: Float64Array, n: number, i: number, from: number, to: number, column: number): void {
  eliminateWith(a, i * n + column, a, i * n, from, to, a, column, n, n - column);
}

/**
 * target −= Σ_k factor_k · row_k for k = from … to−1, four rows in one pass. Factor k is at `factors` + k, row k at
 * `rows` + k·stride.
 */
function eliminateWith(
  out: Float64Array,
  target: number,
  f: Float64Array,
  factors: number,
  from: number,
  to: number,
  a: Float64Array,
  rows: number,
  stride: number,
  length: number,
): void {
  let k = from;
  for (; k + 3 < to; k += 4) {
    const f0 = f[factors + k];
    const f1 = f[factors + k + 1];
    const f2 = f[factors + k + 2];
    const f3 = f[factors + k + 3];
    const r0 = rows + k * stride;
    const r1 = r0 + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    for (let j = 0; j < length; j++)
      out[target + j] -= f0 * a[r0 + j] + f1 * a[r1 + j] + f2 * a[r2 + j] + f3 * a[r3 + j];
  }
  for (; k < to; k++) {
    const factor = f[factors + k];
    const row = rows + k * stride;
    for (let j = 0; j < length; j++) out[target + j] -= factor * a[row + j];
  }
}

/** Exchanges the entries from x and from y on. */
export function swapRows(a: Float64Array, x: number, y: number, length: number): void {
  for (let j = 0; j < length; j++) {
    const kept = a[x + j];
    a[x + j] = a[y + j];
    a[y + j] = kept;
  }
}

/** Solves AX = B in place; B is n×columns from `offset`, rows contiguous. */
export function solveDense(
  { n, entries, pivots }: DenseFactor,
  b: Float64Array,
  columns = 1,
  offset = 0,
): void {
  for (let i = 0; i < n; i++)
    if (pivots[i] !== i) swapRows(b, offset + i * columns, offset + pivots[i] * columns, columns);
  if (columns === 1) {
    solveVector(n, entries, b, offset);
    return;
  }
  for (let i = 1; i < n; i++)
    eliminateWith(b, offset + i * columns, entries, i * n, 0, i, b, offset, columns, columns);
  for (let i = n - 1; i >= 0; i--) {
    const target = offset + i * columns;
    eliminateWith(b, target, entries, i * n, i + 1, n, b, offset, columns, columns);
    const inverse = 1 / entries[i * n + i];
    for (let j = 0; j < columns; j++) b[target + j] *= inverse;
  }
}

function solveVector(n: number, a: Float64Array, b: Float64Array, offset: number): void {
  for (let i = 1; i < n; i++) {
    let sum = b[offset + i];
    for (let k = 0; k < i; k++) sum -= a[i * n + k] * b[offset + k];
    b[offset + i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[offset + i];
    for (let k = i + 1; k < n; k++) sum -= a[i * n + k] * b[offset + k];
    b[offset + i] = sum / a[i * n + i];
  }
}

/** Solves Aᵀx = b in place. */
export function solveDenseTransposed({ n, entries, pivots }: DenseFactor, b: Float64Array, offset = 0): void {
  for (let k = 0; k < n; k++) {
    const x = (b[offset + k] /= entries[k * n + k]);
    for (let j = k + 1; j < n; j++) b[offset + j] -= entries[k * n + j] * x;
  }
  for (let k = n - 1; k > 0; k--) {
    const x = b[offset + k];
    for (let j = 0; j < k; j++) b[offset + j] -= entries[k * n + j] * x;
  }
  for (let i = n - 1; i >= 0; i--) if (pivots[i] !== i) swapRows(b, offset + i, offset + pivots[i], 1);
}
