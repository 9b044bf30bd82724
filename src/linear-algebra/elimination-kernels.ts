/**
 * The inner loops of a dense factorization, on one growing memory. Matrices are stored by rows, `stride`
 * numbers apart; all places are indices into the memory. The caller passes them in, because they may be
 * plain JavaScript or WebAssembly.
 */
export interface EliminationKernels {
  /**
   * The memory, with space for that many numbers and for maps of that many indices. Its old contents may be
   * lost, and earlier views of it must not be used.
   */
  reserve(count: number, indices: number): Float64Array;
  /** C −= A·B for a rows×columns C, rows×depth A and depth×columns B, all of one stride. */
  subtractProduct(
    c: number,
    a: number,
    b: number,
    rows: number,
    columns: number,
    depth: number,
    stride: number,
  ): void;
  /** Solves L X = B in place for unit lower triangular L of at most four rows. */
  substitute(b: number, l: number, rows: number, columns: number, stride: number): void;
  /**
   * Updates a column: at `at` stands a strip of `rows` rows, `done` ≤ 3 columns of L and then the column.
   * The last of L is multiplied by `inverse`, then u·L (one number of `u` a column) is subtracted from the
   * column. Returns the row of the largest magnitude among the first `eligible` rows, or −1 where all are
   * zero or not numbers.
   */
  updateColumn(
    at: number,
    rows: number,
    eligible: number,
    stride: number,
    done: number,
    u: readonly [number, number, number],
    inverse: number,
  ): number;
  /**
   * Adds row i, column j of the n×n numbers at `source` (rows contiguous) to row map[i], column map[j] at
   * `target`.
   */
  addScattered(target: number, source: number, map: Int32Array, stride: number): void;
  /** Moves an n×n part of a matrix down to `target` ≤ `source`, rows contiguous there. */
  compact(target: number, source: number, n: number, stride: number): void;
}

/** The kernels in JavaScript. */
export function plainKernels(): EliminationKernels {
  let a = new Float64Array(0);
  return {
    reserve: (count) => {
      if (a.length < count) a = new Float64Array(Math.ceil(1.2 * count));
      return a;
    },
    subtractProduct: (c, left, right, rows, columns, depth, stride) =>
      subtractProduct(a, c, left, right, rows, columns, depth, stride),
    substitute: (b, l, rows, columns, stride) => {
      for (let i = 1; i < rows; i++)
        subtractProduct(a, b + i * stride, l + i * stride, b, 1, columns, i, stride);
    },
    updateColumn: (at, rows, eligible, stride, done, u, inverse) =>
      updateColumn(a, at, rows, eligible, stride, done, u, inverse),
    addScattered: (target, source, map, stride) => {
      const n = map.length;
      for (let i = 0; i < n; i++) {
        const row = target + map[i] * stride;
        const from = source + i * n;
        for (let j = 0; j < n; j++) a[row + map[j]] += a[from + j];
      }
    },
    compact: (target, source, n, stride) => {
      for (let i = 0; i < n; i++) a.copyWithin(target + i * n, source + i * stride, source + i * stride + n);
    },
  };
}

function updateColumn(
  memory: Float64Array,
  at: number,
  rows: number,
  eligible: number,
  stride: number,
  done: number,
  [u0, u1, u2]: readonly [number, number, number],
  inverse: number,
): number {
  let best = -1;
  let largest = 0;
  for (let i = 0, row = at; i < rows; i++, row += stride) {
    let x = memory[row + done];
    if (done > 0) memory[row + done - 1] *= inverse;
    if (done > 0) x -= memory[row] * u0;
    if (done > 1) x -= memory[row + 1] * u1;
    if (done > 2) x -= memory[row + 2] * u2;
    memory[row + done] = x;
    if (i < eligible && Math.abs(x) > largest) {
      best = i;
      largest = Math.abs(x);
    }
  }
  return best;
}

/**
 * Four rows of B in one pass over a row of C: the passes of `eliminateWith` in dense-lu.ts, whose numbers lie in up to three arrays.
 * Through that function this takes 1.07 to 1.09 times the processor time (least of 10 paired rounds, 12×12×4 to 200×200×64).
 */
function subtractProduct(
  memory: Float64Array,
  ...[c, a, b, rows, columns, depth, stride]: Parameters<EliminationKernels["subtractProduct"]>
): void {
  for (let i = 0; i < rows; i++) {
    const target = c + i * stride;
    const factors = a + i * stride;
    let k = 0;
    for (; k + 3 < depth; k += 4) {
      const f0 = memory[factors + k];
      const f1 = memory[factors + k + 1];
      const f2 = memory[factors + k + 2];
      const f3 = memory[factors + k + 3];
      const r0 = b + k * stride;
      const r1 = r0 + stride;
      const r2 = r1 + stride;
      const r3 = r2 + stride;
      for (let j = 0; j < columns; j++)
        memory[target + j] -=
          f0 * memory[r0 + j] + f1 * memory[r1 + j] + f2 * memory[r2 + j] + f3 * memory[r3 + j];
    }
    for (; k < depth; k++) {
      const factor = memory[factors + k];
      const row = b + k * stride;
      for (let j = 0; j < columns; j++) memory[target + j] -= factor * memory[row + j];
    }
  }
}
