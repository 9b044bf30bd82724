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

/** Factors in place, partial pivoting. The inner loop is an axpy over a contiguous row. */
export function factorDense(entries: Float64Array, n: number): DenseFactor {
  const pivots = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    let best = k;
    let size = Math.abs(entries[k * n + k]);
    for (let i = k + 1; i < n; i++) {
      const candidate = Math.abs(entries[i * n + k]);
      if (candidate > size) [best, size] = [i, candidate];
    }
    if (!(size > 0)) throw new SingularMatrixError(`no pivot in column ${k} of ${n}`);
    pivots[k] = best;
    const row = k * n;
    if (best !== k) swapRows(entries, row, best * n, n);
    const inverse = 1 / entries[row + k];
    for (let i = k + 1; i < n; i++) {
      const other = i * n;
      const factor = entries[other + k] * inverse;
      if (factor === 0) continue;
      entries[other + k] = factor;
      for (let j = k + 1; j < n; j++) entries[other + j] -= factor * entries[row + j];
    }
  }
  return { n, entries, pivots };
}

function swapRows(a: Float64Array, x: number, y: number, length: number): void {
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
  for (let i = 0; i < n; i++)
    for (let k = 0; k < i; k++)
      subtract(b, offset + i * columns, offset + k * columns, entries[i * n + k], columns);
  for (let i = n - 1; i >= 0; i--) {
    const target = offset + i * columns;
    for (let k = i + 1; k < n; k++) subtract(b, target, offset + k * columns, entries[i * n + k], columns);
    const inverse = 1 / entries[i * n + i];
    for (let j = 0; j < columns; j++) b[target + j] *= inverse;
  }
}

function subtract(b: Float64Array, target: number, source: number, factor: number, length: number): void {
  if (factor === 0) return;
  for (let j = 0; j < length; j++) b[target + j] -= factor * b[source + j];
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
