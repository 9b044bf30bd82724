/** One eigenvalue of a symmetric matrix and its unit eigenvector. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: number[];
}

const sweeps = 60; // Jacobi converges quadratically; six by six needs fewer than ten

/** Eigenpairs of a small symmetric matrix by cyclic Jacobi rotations, ascending (Golub and Van Loan, §8.5). */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigenpair[] {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  const size = Math.max(...a.flat().map(Math.abs));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        off = Math.max(off, Math.abs(a[p][q]));
        rotate(a, v, p, q);
      }
    if (off <= Number.EPSILON * size) break;
  }
  return a
    .map((row, i) => ({ value: row[i], vector: v.map((line) => line[i]) }))
    .sort((x, y) => x.value - y.value);
}

/** Makes a[p][q] zero. */
function rotate(a: number[][], v: number[][], p: number, q: number): void {
  if (a[p][q] === 0) return;
  const ratio = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k][p], a[k][q]];
    [a[k][p], a[k][q]] = [c * x - s * y, s * x + c * y];
  }
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[p][k], a[q][k]];
    [a[p][k], a[q][k]] = [c * x - s * y, s * x + c * y];
    const [f, g] = [v[k][p], v[k][q]];
    [v[k][p], v[k][q]] = [c * f - s * g, s * f + c * g];
  }
}
