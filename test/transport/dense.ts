/** Solves a small dense system by Gaussian elimination with partial pivoting. */
export function solveDense(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const a = matrix.map((row, i) => [...row, right[i]]);
  const n = a.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c; r < n; r++) if (Math.abs(a[r][c]) > Math.abs(a[pivot][c])) pivot = r;
    [a[c], a[pivot]] = [a[pivot], a[c]];
    for (let r = 0; r < n; r++)
      if (r !== c) {
        const factor = a[r][c] / a[c][c];
        for (let k = c; k <= n; k++) a[r][k] -= factor * a[c][k];
      }
  }
  return a.map((row, i) => row[n] / row[i]);
}
