/**
 * Orthonormal Jacobi polynomials of degree 0 … count−1 for the weight (1−t)^a (1+t)^b, a, b > −1, and their derivatives at
 * the given points of [−1, 1]; rows of one degree are contiguous (DLMF 18.9.2 in its orthonormal form).
 */
export function jacobiPolynomials(
  a: number,
  b: number,
  count: number,
  points: Float64Array,
): { values: Float64Array; slopes: Float64Array } {
  const n = points.length;
  const values = new Float64Array(count * n);
  const slopes = new Float64Array(count * n);
  values.fill(1 / Math.sqrt(total(a, b)), 0, n);
  let before = 0;
  for (let k = 0; k + 1 < count; k++) {
    const center = diagonal(a, b, k);
    const after = offDiagonal(a, b, k + 1);
    for (let q = 0; q < n; q++) {
      const [here, next] = [k * n + q, (k + 1) * n + q];
      const shifted = points[q] - center;
      const [older, olderSlope] = k === 0 ? [0, 0] : [values[here - n], slopes[here - n]];
      values[next] = (shifted * values[here] - before * older) / after;
      slopes[next] = (values[here] + shifted * slopes[here] - before * olderSlope) / after;
    }
    before = after;
  }
  return { values, slopes };
}

/** ∫ (1−t)^a (1+t)^b dt for whole a and b. */
function total(a: number, b: number): number {
  let beta = 1 / (a + b + 1);
  for (let i = 1; i <= a; i++) beta *= i / (b + i);
  return 2 ** (a + b + 1) * beta;
}

/** Coefficients of t p_k = offDiagonal(k+1) p_{k+1} + diagonal(k) p_k + offDiagonal(k) p_{k−1}. */
function diagonal(a: number, b: number, k: number): number {
  const sum = 2 * k + a + b;
  return a === b ? 0 : ((b - a) * (b + a)) / (sum * (sum + 2));
}

function offDiagonal(a: number, b: number, k: number): number {
  const sum = 2 * k + a + b;
  if (k === 1) return (2 / sum) * Math.sqrt(((1 + a) * (1 + b)) / (sum + 1));
  return (2 / sum) * Math.sqrt((k * (k + a) * (k + b) * (k + a + b)) / ((sum - 1) * (sum + 1)));
}
