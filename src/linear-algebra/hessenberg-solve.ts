import type { Complex } from "./hessenberg.ts";
import { throwIfInterrupted } from "./interruption.ts";

/** An orthogonal reduction A = Q H Qᵀ to upper Hessenberg form; matrices n×n, rows contiguous. */
export interface HessenbergForm {
  readonly h: Float64Array;
  readonly q: Float64Array;
}

/** By Householder's reflections (Golub & Van Loan, algorithm 7.4.2). */
export function hessenbergForm(a: Float64Array, n: number): HessenbergForm {
  const h = a.slice();
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * (n + 1)] = 1;
  const v = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    let size = 0;
    for (let i = k + 1; i < n; i++) size += h[i * n + k] ** 2;
    const length = Math.sqrt(size) * (h[(k + 1) * n + k] < 0 ? -1 : 1);
    if (length === 0) continue;
    for (let i = k + 1; i < n; i++) v[i] = h[i * n + k];
    v[k + 1] += length;
    const scale = 1 / (length * v[k + 1]);
    for (let j = k; j < n; j++) reflect(h, v, scale, k + 1, n, j, n);
    // from the right: rows instead of columns
    for (let i = 0; i < n; i++) {
      reflect(h, v, scale, k + 1, n, i * n, 1);
      reflect(q, v, scale, k + 1, n, i * n, 1);
    }
  }
  return { h, q };
}

/** x −= (v·x)·scale·v for the numbers x at `at`, `stride` apart. */
function reflect(
  x: Float64Array,
  v: Float64Array,
  scale: number,
  from: number,
  to: number,
  at: number,
  stride: number,
): void {
  let sum = 0;
  for (let i = from; i < to; i++) sum += v[i] * x[at + i * stride];
  sum *= scale;
  for (let i = from; i < to; i++) x[at + i * stride] -= sum * v[i];
}

/**
 * Solves (a·H + b) x = r for complex a and b and a real upper Hessenberg matrix H, by elimination with pivoting among
 * neighbours: n² operations. r, replaced by x, holds the real parts and then the imaginary ones.
 */
export function solveHessenberg(h: Float64Array, n: number, a: Complex, b: Complex, r: Float64Array): void {
  throwIfInterrupted();
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = Math.max(0, i - 1); j < n; j++) {
      re[i * n + j] = a.re * h[i * n + j] + (i === j ? b.re : 0);
      im[i * n + j] = a.im * h[i * n + j] + (i === j ? b.im : 0);
    }
  for (let k = 0; k + 1 < n; k++) {
    const [upper, lower] = [k * n, (k + 1) * n];
    if (Math.hypot(re[lower + k], im[lower + k]) > Math.hypot(re[upper + k], im[upper + k])) {
      for (const part of [re, im])
        for (let j = k; j < n; j++) [part[upper + j], part[lower + j]] = [part[lower + j], part[upper + j]];
      [r[k], r[k + 1]] = [r[k + 1], r[k]];
      [r[n + k], r[n + k + 1]] = [r[n + k + 1], r[n + k]];
    }
    const size = re[upper + k] ** 2 + im[upper + k] ** 2;
    const f = (re[lower + k] * re[upper + k] + im[lower + k] * im[upper + k]) / size;
    const g = (im[lower + k] * re[upper + k] - re[lower + k] * im[upper + k]) / size;
    if (f === 0 && g === 0) continue;
    for (let j = k + 1; j < n; j++) {
      re[lower + j] -= f * re[upper + j] - g * im[upper + j];
      im[lower + j] -= f * im[upper + j] + g * re[upper + j];
    }
    const [x, y] = [r[k], r[n + k]];
    r[k + 1] -= f * x - g * y;
    r[n + k + 1] -= f * y + g * x;
  }
  for (let k = n - 1; k >= 0; k--) {
    let [x, y] = [r[k], r[n + k]];
    for (let j = k + 1; j < n; j++) {
      x -= re[k * n + j] * r[j] - im[k * n + j] * r[n + j];
      y -= re[k * n + j] * r[n + j] + im[k * n + j] * r[j];
    }
    const size = re[k * (n + 1)] ** 2 + im[k * (n + 1)] ** 2;
    r[k] = (x * re[k * (n + 1)] + y * im[k * (n + 1)]) / size;
    r[n + k] = (y * re[k * (n + 1)] - x * im[k * (n + 1)]) / size;
  }
}
