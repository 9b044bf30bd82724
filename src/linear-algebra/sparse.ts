import { throwIfInterrupted } from "./interruption.ts";
/** Compressed sparse rows: row i holds entries starts[i] .. starts[i+1]−1, columns ascending. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Takes a matrix row by row, the columns of a row in ascending order. */
export class SparseRows {
  private readonly starts: Int32Array;
  private indices = new Int32Array(1024);
  private values = new Float64Array(1024);
  private filled = 0;
  private row = 0;
  private readonly columns: number;

  constructor(rows: number, columns: number) {
    this.starts = new Int32Array(rows + 1);
    this.columns = columns;
  }

  add(column: number, value: number): void {
    if (this.filled === this.indices.length) {
      const [indices, values] = [new Int32Array(2 * this.filled), new Float64Array(2 * this.filled)];
      indices.set(this.indices);
      values.set(this.values);
      this.indices = indices;
      this.values = values;
    }
    this.indices[this.filled] = column;
    this.values[this.filled++] = value;
  }

  endRow(): void {
    this.starts[++this.row] = this.filled;
  }

  /** All rows of another matrix. */
  append({ rows, starts, indices, values }: SparseMatrix): void {
    for (let i = 0; i < rows; i++) {
      for (let k = starts[i]; k < starts[i + 1]; k++) this.add(indices[k], values[k]);
      this.endRow();
    }
  }

  matrix(): SparseMatrix {
    const { starts, columns, filled } = this;
    const rows = starts.length - 1;
    return {
      rows,
      columns,
      starts,
      indices: this.indices.slice(0, filled),
      values: this.values.slice(0, filled),
    };
  }
}

/** A diagonal matrix. */
export function diagonalMatrix(values: Float64Array): SparseMatrix {
  const n = values.length;
  const starts = Int32Array.from({ length: n + 1 }, (_, i) => i);
  return { rows: n, columns: n, starts, indices: starts.slice(0, n), values };
}

/** out = A x, or out += scale · A x where `scale` is given. */
export function multiply(a: SparseMatrix, x: Float64Array, out: Float64Array, scale?: number): Float64Array {
  throwIfInterrupted();
  const { starts, indices, values } = a;
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let k = starts[i]; k < starts[i + 1]; k++) sum += values[k] * x[indices[k]];
    if (scale === undefined) out[i] = sum;
    else out[i] += scale * sum;
  }
  return out;
}

/** The transposed matrix. */
export function transpose(a: SparseMatrix): SparseMatrix {
  const starts = new Int32Array(a.columns + 1);
  for (const column of a.indices) starts[column + 1]++;
  for (let i = 0; i < a.columns; i++) starts[i + 1] += starts[i];
  const next = starts.slice();
  const indices = new Int32Array(a.indices.length);
  const values = new Float64Array(a.values.length);
  for (let i = 0; i < a.rows; i++)
    for (let k = a.starts[i]; k < a.starts[i + 1]; k++) {
      const place = next[a.indices[k]]++;
      indices[place] = i;
      values[place] = a.values[k];
    }
  return { rows: a.columns, columns: a.rows, starts, indices, values };
}

/** Rows and columns `keep`, in that order. */
export function submatrix(a: SparseMatrix, keep: ArrayLike<number>): SparseMatrix {
  const n = keep.length;
  const place = new Int32Array(a.columns).fill(-1);
  for (let i = 0; i < n; i++) place[keep[i]] = i;
  // column by column, rows ascending: after transposition the columns of a row ascend
  const starts = new Int32Array(n + 1);
  for (let i = 0; i < n; i++)
    for (let k = a.starts[keep[i]]; k < a.starts[keep[i] + 1]; k++) {
      const column = place[a.indices[k]];
      if (column >= 0) starts[column + 1]++;
    }
  for (let j = 0; j < n; j++) starts[j + 1] += starts[j];
  const next = starts.slice();
  const indices = new Int32Array(starts[n]);
  const values = new Float64Array(starts[n]);
  for (let i = 0; i < n; i++)
    for (let k = a.starts[keep[i]]; k < a.starts[keep[i] + 1]; k++) {
      const column = place[a.indices[k]];
      if (column < 0) continue;
      const to = next[column]++;
      indices[to] = i;
      values[to] = a.values[k];
    }
  return transpose({ rows: n, columns: n, starts, indices, values });
}

/** The sum of scaled matrices of one size, plus `diagonal` times the identity. */
export function combine(
  terms: readonly { readonly matrix: SparseMatrix; readonly scale: number }[],
  diagonal = 0,
): SparseMatrix {
  const { rows, columns } = terms[0].matrix;
  const sum = new RowSum(rows, columns);
  for (let i = 0; i < rows; i++) {
    for (const { matrix, scale } of terms) sum.addRow(matrix, i, scale);
    if (diagonal !== 0) sum.add(i, diagonal);
    sum.endRow();
  }
  return sum.matrix();
}

/** Takes a matrix row by row, entries in any order; entries at one place are summed. */
export class RowSum {
  private readonly out: SparseRows;
  private readonly sums: Float64Array;
  private readonly isPresent: Uint8Array;
  private readonly present: Int32Array;
  private count = 0;

  constructor(rows: number, columns: number) {
    this.out = new SparseRows(rows, columns);
    this.sums = new Float64Array(columns);
    this.isPresent = new Uint8Array(columns);
    this.present = new Int32Array(columns);
  }

  add(column: number, value: number): void {
    if (this.isPresent[column] === 1) {
      this.sums[column] += value;
      return;
    }
    this.isPresent[column] = 1;
    this.sums[column] = value;
    // rows are short and come nearly in order
    let place = this.count++;
    while (place > 0 && this.present[place - 1] > column) {
      this.present[place] = this.present[place - 1];
      place--;
    }
    this.present[place] = column;
  }

  /** A multiple of another matrix's row. */
  addRow({ starts, indices, values }: SparseMatrix, row: number, scale: number): void {
    const end = starts[row + 1];
    for (let k = starts[row]; k < end; k++) this.add(indices[k], scale * values[k]);
  }

  endRow(): void {
    for (let k = 0; k < this.count; k++) {
      const column = this.present[k];
      this.out.add(column, this.sums[column]);
      this.isPresent[column] = 0;
    }
    this.count = 0;
    this.out.endRow();
  }

  matrix(): SparseMatrix {
    return this.out.matrix();
  }
}

/** Largest sum of absolute values along a row; bounds every eigenvalue. */
export function infinityNorm({ rows, starts, values }: SparseMatrix): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = starts[i]; k < starts[i + 1]; k++) sum += Math.abs(values[k]);
    largest = Math.max(largest, sum);
  }
  return largest;
}
