import type { SparseMatrix } from "./sparse.ts";
import { RowSum, SparseRows } from "./sparse.ts";

/** A·B row by row (Gustavson 1978). */
export function multiplySparse(a: SparseMatrix, b: SparseMatrix): SparseMatrix {
  const out = new RowSum(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = a.starts[i]; k < a.starts[i + 1]; k++) out.addRow(b, a.indices[k], a.values[k]);
    out.endRow();
  }
  return out.matrix();
}

/** Each entry as a function of its place and value; zeros are left out. */
export function mapEntries(
  a: SparseMatrix,
  f: (value: number, row: number, column: number) => number,
): SparseMatrix {
  const out = new SparseRows(a.rows, a.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = a.starts[i]; k < a.starts[i + 1]; k++) {
      const value = f(a.values[k], i, a.indices[k]);
      if (value !== 0) out.add(a.indices[k], value);
    }
    out.endRow();
  }
  return out.matrix();
}
