import type { Operator } from "./operator.ts";
import { apply } from "./operator.ts";

/** LU without pivoting of shift·I − F on a band: the ring is folded (0, n−1, 1, n−2, …) so that its closure is near. */
export function directSolver(F: Operator, shift: number): (right: Float64Array) => Float64Array {
  const { rings, columns } = F.mesh;
  const size = rings * columns;
  const place = Int32Array.from({ length: columns }, (_, j) =>
    j < columns / 2 ? 2 * j : 2 * (columns - 1 - j) + 1,
  );
  const half = columns + 2;
  const band = 2 * half + 1;
  const lu = new Float64Array(size * band);
  const index = (k: number): number => Math.floor(k / columns) * columns + place[k % columns];
  const put = (row: number, column: number, value: number): void => {
    const [r, c] = [index(row), index(column)];
    lu[r * band + (c - r + half)] += value;
  };
  for (let k = 0; k < size; k++) {
    const j = k % columns;
    const start = k - j;
    put(k, k, shift - F.own[k]);
    put(k, start + ((j + columns - 1) % columns), -F.west[k]);
    put(k, start + ((j + 1) % columns), -F.east[k]);
    if (k >= columns) put(k, k - columns, -F.north[k]);
    if (k < size - columns) put(k, k + columns, -F.south[k]);
  }
  for (let p = 0; p < size; p++) {
    const pivot = lu[p * band + half];
    const last = Math.min(size - 1, p + half);
    for (let r = p + 1; r <= last; r++) {
      const at = r * band + (p - r + half);
      if (lu[at] === 0) continue;
      const factor = (lu[at] /= pivot);
      const [from, to] = [p * band + half - p, r * band + half - r];
      for (let c = p + 1; c <= last; c++) lu[to + c] -= factor * lu[from + c];
    }
  }
  return (right) => {
    const x = new Float64Array(size);
    for (let k = 0; k < size; k++) x[index(k)] = right[k];
    for (let r = 0; r < size; r++) {
      const to = r * band + half - r;
      for (let c = Math.max(0, r - half); c < r; c++) x[r] -= lu[to + c] * x[c];
    }
    for (let r = size - 1; r >= 0; r--) {
      const to = r * band + half - r;
      for (let c = Math.min(size - 1, r + half); c > r; c--) x[r] -= lu[to + c] * x[c];
      x[r] /= lu[to + r];
    }
    return Float64Array.from(right, (_, k) => x[index(k)]);
  };
}

/** Solves (I − s F) x = b by BiCGSTAB, preconditioned ring by ring: each ring exactly, rings among each other incompletely. */
export function implicitSolver(
  F: Operator,
  s: number,
): (right: Float64Array, guess: Float64Array) => Float64Array {
  const { rings, columns } = F.mesh;
  const size = rings * columns;
  const multiply = (x: Float64Array): Float64Array => {
    const y = apply(F, x);
    for (let k = 0; k < size; k++) y[k] = x[k] - s * y[k];
    return y;
  };
  const pivots = new Float64Array(size);
  const fill = new Float64Array(size);
  const closing = new Float64Array(rings);
  // the closure of each ring is a change of rank one: Sherman and Morrison
  for (let i = 0; i < rings; i++) {
    const row = i * columns;
    for (let j = 0; j < columns; j++) {
      const k = row + j;
      let d = 1 - s * F.own[k];
      if (i > 0) d -= (s * F.north[k] * s * F.south[k - columns]) / (1 - s * F.own[k - columns]);
      pivots[k] = d;
    }
    const corner = -s * F.west[row]; // row 0, last column
    const other = -s * F.east[row + columns - 1];
    const gamma = -pivots[row];
    pivots[row] -= gamma;
    pivots[row + columns - 1] -= (other * corner) / gamma;
    for (let j = 1; j < columns; j++) {
      const k = row + j;
      pivots[k] -= (s * F.west[k] * s * F.east[k - 1]) / pivots[k - 1];
    }
    const u = new Float64Array(columns);
    u[0] = gamma;
    u[columns - 1] = other;
    open(u, i);
    fill.set(u, row);
    closing[i] = corner / gamma;
  }
  /** Solves the opened ring in place. */
  function open(x: Float64Array, i: number): void {
    const row = i * columns;
    for (let j = 1; j < columns; j++) x[j] += (s * F.west[row + j] * x[j - 1]) / pivots[row + j - 1];
    x[columns - 1] /= pivots[row + columns - 1];
    for (let j = columns - 2; j >= 0; j--) x[j] = (x[j] + s * F.east[row + j] * x[j + 1]) / pivots[row + j];
  }
  function ring(x: Float64Array, i: number): void {
    open(x, i);
    const row = i * columns;
    const share =
      (x[0] + closing[i] * x[columns - 1]) / (1 + fill[row] + closing[i] * fill[row + columns - 1]);
    for (let j = 0; j < columns; j++) x[j] -= share * fill[row + j];
  }
  const precondition = (right: Float64Array): Float64Array => {
    const x = Float64Array.from(right);
    for (let i = 0; i < rings; i++) {
      const own = x.subarray(i * columns, (i + 1) * columns);
      if (i > 0)
        for (let j = 0; j < columns; j++) own[j] += s * F.north[i * columns + j] * x[(i - 1) * columns + j];
      ring(own, i);
    }
    const change = new Float64Array(columns);
    for (let i = rings - 2; i >= 0; i--) {
      for (let j = 0; j < columns; j++) change[j] = s * F.south[i * columns + j] * x[(i + 1) * columns + j];
      ring(change, i);
      for (let j = 0; j < columns; j++) x[i * columns + j] += change[j];
    }
    return x;
  };
  return (right, guess) => stabilized(multiply, precondition, right, guess);
}

const sumOf = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
};

/** Relative residual at which iterations stop. */
const residual = 1e-9;

/** BiCGSTAB (van der Vorst 1992), preconditioned from the right. */
function stabilized(
  multiply: (x: Float64Array) => Float64Array,
  precondition: (x: Float64Array) => Float64Array,
  right: Float64Array,
  guess: Float64Array,
): Float64Array {
  const x = Float64Array.from(guess);
  const r = multiply(x).map((y, k) => right[k] - y);
  const shadow = Float64Array.from(r);
  const least = residual * Math.sqrt(sumOf(right, right)) + 1e-300;
  let p = Float64Array.from(r);
  let rho = sumOf(shadow, r);
  for (let count = 0; count < 400; count++) {
    if (Math.sqrt(sumOf(r, r)) <= least) return x;
    const pHat = precondition(p);
    const v = multiply(pHat);
    const alpha = rho / sumOf(shadow, v);
    for (let k = 0; k < x.length; k++) r[k] -= alpha * v[k];
    const rHat = precondition(r);
    const w = multiply(rHat);
    const omega = sumOf(w, r) / Math.max(sumOf(w, w), 1e-300);
    for (let k = 0; k < x.length; k++) {
      x[k] += alpha * pHat[k] + omega * rHat[k];
      r[k] -= omega * w[k];
    }
    const next = sumOf(shadow, r);
    const beta = (next / rho) * (alpha / omega);
    rho = next;
    p = p.map((y, k) => r[k] + beta * (y - omega * v[k]));
  }
  throw new Error("the oracle's linear system did not converge");
}
