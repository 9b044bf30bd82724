import type { DenseFactor } from "./dense-lu.ts";
import { factorDense, solveDense, solveDenseTransposed } from "./dense-lu.ts";
import { throwIfInterrupted } from "./interruption.ts";
import type { SparseMatrix } from "./sparse.ts";
import { transpose } from "./sparse.ts";

/**
 * LU of a sparse matrix in which each index range (block) couples to the neighbouring ranges only. Only the
 * Schur complements of the diagonal blocks are stored (dense); the off-diagonal blocks stay sparse.
 */
export interface BlockFactor {
  readonly matrix: SparseMatrix;
  readonly transposed: () => SparseMatrix;
  /** Block i holds the unknowns bounds[i] … bounds[i+1]−1. */
  readonly bounds: readonly number[];
  readonly blocks: readonly DenseFactor[];
}

/** Eliminates blocks in order, pivoting inside blocks. `shift` is subtracted from the diagonal. */
export function factorBlockTridiagonal(
  matrix: SparseMatrix,
  bounds: readonly number[],
  shift = 0,
): BlockFactor {
  const blocks: DenseFactor[] = [];
  for (let b = 0; b + 1 < bounds.length; b++) {
    throwIfInterrupted();
    const [from, to] = [bounds[b], bounds[b + 1]];
    const n = to - from;
    const schur = new Float64Array(n * n);
    addBlock(matrix, from, to, from, to, schur, n);
    for (let i = 0; i < n; i++) schur[i * n + i] -= shift;
    if (b > 0) {
      // S_b = A_bb − A_b,b−1 S_b−1⁻¹ A_b−1,b with the left factor sparse
      const before = bounds[b - 1];
      const above = new Float64Array((from - before) * n);
      addBlock(matrix, before, from, from, to, above, n);
      solveDense(blocks[b - 1], above, n);
      for (let i = from; i < to; i++)
        for (let k = matrix.starts[i]; k < matrix.starts[i + 1]; k++) {
          const j = matrix.indices[k];
          if (j < before || j >= from) continue;
          const value = matrix.values[k];
          const source = (j - before) * n;
          const target = (i - from) * n;
          for (let c = 0; c < n; c++) schur[target + c] -= value * above[source + c];
        }
    }
    blocks.push(factorDense(schur, n));
  }
  let flipped: SparseMatrix | undefined;
  return { matrix, transposed: () => (flipped ??= transpose(matrix)), bounds, blocks };
}

function addBlock(
  { starts, indices, values }: SparseMatrix,
  rowFrom: number,
  rowTo: number,
  from: number,
  to: number,
  out: Float64Array,
  stride: number,
): void {
  for (let i = rowFrom; i < rowTo; i++)
    for (let k = starts[i]; k < starts[i + 1]; k++)
      if (indices[k] >= from && indices[k] < to) out[(i - rowFrom) * stride + indices[k] - from] += values[k];
}

/** target[from…to) −= (rows from…to of A, columns first…last) · source. */
function subtractProduct(
  { starts, indices, values }: SparseMatrix,
  rows: readonly [number, number],
  columns: readonly [number, number],
  source: Float64Array,
  target: Float64Array,
): void {
  for (let i = rows[0]; i < rows[1]; i++) {
    let sum = 0;
    for (let k = starts[i]; k < starts[i + 1]; k++)
      if (indices[k] >= columns[0] && indices[k] < columns[1]) sum += values[k] * source[indices[k]];
    target[i] -= sum;
  }
}

/** Solves (A − shift) x = b in place. */
export function solveBlockTridiagonal({ matrix, bounds, blocks }: BlockFactor, b: Float64Array): void {
  throwIfInterrupted();
  const range = (i: number): [number, number] => [bounds[i], bounds[i + 1]];
  const work = new Float64Array(b.length);
  for (let i = 0; i < blocks.length; i++) {
    if (i > 0) subtractProduct(matrix, range(i), range(i - 1), work, b);
    work.set(b.subarray(...range(i)), bounds[i]);
    solveDense(blocks[i], work, 1, bounds[i]);
  }
  for (let i = blocks.length - 1; i >= 0; i--) {
    if (i + 1 < blocks.length) subtractProduct(matrix, range(i), range(i + 1), b, b);
    solveDense(blocks[i], b, 1, bounds[i]);
  }
}

/** Solves (A − shift)ᵀ x = b in place. */
export function solveBlockTridiagonalTransposed(factor: BlockFactor, b: Float64Array): void {
  const { bounds, blocks } = factor;
  const flipped = factor.transposed();
  const range = (i: number): [number, number] => [bounds[i], bounds[i + 1]];
  for (let i = 0; i < blocks.length; i++) {
    if (i > 0) subtractProduct(flipped, range(i), range(i - 1), b, b);
    solveDenseTransposed(blocks[i], b, bounds[i]);
  }
  const work = new Float64Array(b.length);
  for (let i = blocks.length - 2; i >= 0; i--) {
    work.fill(0, ...range(i));
    subtractProduct(flipped, range(i), range(i + 1), b, work);
    solveDenseTransposed(blocks[i], work, bounds[i]);
    for (let j = bounds[i]; j < bounds[i + 1]; j++) b[j] += work[j];
  }
}
