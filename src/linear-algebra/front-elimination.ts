import { SingularMatrixError, swapRows } from "./dense-lu.ts";
import type { EliminationKernels } from "./elimination-kernels.ts";

/** A square matrix in the kernels' memory, of which the first `pivots` unknowns are to be eliminated. */
export interface Front {
  readonly memory: Float64Array;
  readonly at: number;
  readonly size: number;
  readonly stride: number;
  readonly pivots: number;
}

/**
 * Columns that are eliminated one by one; wider ranges are halved, so that nearly all work is matrix
 * products.
 */
const narrow = 4;
/** Depth up to which a strip of B stays in the nearest cache. */
const deepest = 128;

/**
 * Eliminates the first unknowns of a front in place, P A₁₁ = L₁₁U₁₁, with partial pivoting among their
 * rows. Leaves L₂₁ and U₁₂ beside them and A₂₂ − L₂₁U₁₂ in the rest (recursive, after Toledo 1997).
 * `swaps[i]` becomes the row swapped with row i.
 */
export function eliminateFront(kernels: EliminationKernels, front: Front, swaps: Int32Array): void {
  const { at, size, stride, pivots } = front;
  eliminateColumns(kernels, front, swaps, 0, pivots);
  if (size === pivots) return;
  substituteRows(kernels, front, 0, pivots, pivots, size);
  product(kernels, at, stride, pivots, size, pivots, size, 0, pivots);
}

function eliminateColumns(
  kernels: EliminationKernels,
  front: Front,
  swaps: Int32Array,
  from: number,
  to: number,
): void {
  if (to - from <= narrow) {
    eliminateNarrow(kernels, front, swaps, from, to);
    return;
  }
  const middle = from + halfOf(to - from);
  eliminateColumns(kernels, front, swaps, from, middle);
  substituteRows(kernels, front, from, middle, middle, to);
  product(kernels, front.at, front.stride, middle, front.size, middle, to, from, middle);
  eliminateColumns(kernels, front, swaps, middle, to);
}

/** About half, in whole narrow ranges. */
const halfOf = (width: number): number => narrow * Math.ceil(width / (2 * narrow));

/** Columns from … to−1, at most four, one by one. */
function eliminateNarrow(
  kernels: EliminationKernels,
  { memory: a, at, size, stride, pivots }: Front,
  swaps: Int32Array,
  from: number,
  to: number,
): void {
  const u: [number, number, number] = [0, 0, 0];
  let inverse = 0;
  for (let k = from; k < to; k++) {
    // the few rows of U above the diagonal
    for (let i = from; i < k; i++) {
      let x = a[at + i * stride + k];
      for (let j = from; j < i; j++) x -= a[at + i * stride + j] * u[j - from];
      u[i - from] = x;
      a[at + i * stride + k] = x;
    }
    const row = at + k * stride;
    const best = kernels.updateColumn(row + from, size - k, pivots - k, stride, k - from, u, inverse);
    if (best < 0) throw new SingularMatrixError(`no pivot in column ${k} of ${pivots}`);
    swaps[k] = k + best;
    if (best > 0) swapRows(a, row, row + best * stride, size);
    inverse = 1 / a[row + k];
  }
  for (let i = to, place = at + to * stride + to - 1; i < size; i++, place += stride) a[place] *= inverse;
}

/** Rows from … to−1 of U in the columns first … last−1, by the triangle of L in the columns from … to−1. */
function substituteRows(
  kernels: EliminationKernels,
  front: Front,
  from: number,
  to: number,
  first: number,
  last: number,
): void {
  const { at, stride } = front;
  if (to - from <= narrow) {
    kernels.substitute(
      at + from * stride + first,
      at + from * stride + from,
      to - from,
      last - first,
      stride,
    );
    return;
  }
  const middle = from + halfOf(to - from);
  substituteRows(kernels, front, from, middle, first, last);
  product(kernels, at, stride, middle, to, first, last, from, middle);
  substituteRows(kernels, front, middle, to, first, last);
}

/** Subtracts L·U over the unknowns from … to−1 from a range of rows and columns. */
function product(
  kernels: EliminationKernels,
  at: number,
  stride: number,
  firstRow: number,
  lastRow: number,
  first: number,
  last: number,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k += deepest)
    kernels.subtractProduct(
      at + firstRow * stride + first,
      at + firstRow * stride + k,
      at + k * stride + first,
      lastRow - firstRow,
      last - first,
      Math.min(deepest, to - k),
      stride,
    );
}
