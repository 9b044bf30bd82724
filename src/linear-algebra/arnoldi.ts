import { factorDense, SingularMatrixError, solveDense } from "./dense-lu.ts";
import type { Complex } from "./hessenberg.ts";
import { hessenbergEigenvalues } from "./hessenberg.ts";
import { solveHessenberg } from "./hessenberg-solve.ts";

/** An orthonormal basis V of a Krylov space and the projection H = Vᵀ Op V ((k+1)×k, stride `stride`). */
export interface KrylovBasis {
  readonly vectors: Float64Array[];
  readonly hessenberg: Float64Array;
  readonly stride: number;
  readonly size: number;
  /** Whether the space is invariant under the operator. */
  readonly invariant: boolean;
}

export const dotProduct = (x: Float64Array, y: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
};

/** Euclidean norm. */
export const norm = (x: Float64Array): number => Math.sqrt(dotProduct(x, x));
/** |x − y| over |y|. */
export const relativeDistance = (x: Float64Array, y: Float64Array): number =>
  norm(x.map((value, i) => value - y[i])) / norm(y);

/** target += scale · x. */
export const addScaled = (target: Float64Array, x: Float64Array, scale: number): void => {
  for (let i = 0; i < x.length; i++) target[i] += scale * x[i];
};

/**
 * Subtracts from x its components along the first `count` orthonormal vectors, four in one pass, and
 * returns the components.
 */
function removeProjection(vectors: readonly Float64Array[], count: number, x: Float64Array): Float64Array {
  const n = x.length;
  const overlaps = new Float64Array(count);
  let j = 0;
  for (; j + 3 < count; j += 4) {
    const [a, b, c, d] = [vectors[j], vectors[j + 1], vectors[j + 2], vectors[j + 3]];
    let [p, q, r, s] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const value = x[i];
      p += a[i] * value;
      q += b[i] * value;
      r += c[i] * value;
      s += d[i] * value;
    }
    overlaps.set([p, q, r, s], j);
  }
  for (; j < count; j++) overlaps[j] = dotProduct(vectors[j], x);
  for (j = 0; j + 3 < count; j += 4) {
    const [a, b, c, d] = [vectors[j], vectors[j + 1], vectors[j + 2], vectors[j + 3]];
    const [p, q, r, s] = [overlaps[j], overlaps[j + 1], overlaps[j + 2], overlaps[j + 3]];
    for (let i = 0; i < n; i++) x[i] -= p * a[i] + q * b[i] + r * c[i] + s * d[i];
  }
  for (; j < count; j++) addScaled(x, vectors[j], -overlaps[j]);
  return overlaps;
}

/**
 * Builds a Krylov space step by step with two passes of Gram–Schmidt. `apply` maps a vector in place.
 * `stop` is called after every step and may end the space early.
 */
export function krylov(
  apply: (x: Float64Array) => void,
  start: Float64Array,
  maximum: number,
  stop: (size: number, hessenberg: Float64Array, stride: number, vectors: Float64Array[]) => boolean = () =>
    false,
): KrylovBasis {
  const stride = maximum;
  const hessenberg = new Float64Array((maximum + 1) * stride);
  const length = norm(start);
  if (length === 0) return { vectors: [], hessenberg, stride, size: 0, invariant: true };
  const vectors = [start.map((x) => x / length)];
  for (let k = 0; k < maximum; k++) {
    const next = vectors[k].slice();
    apply(next);
    const before = norm(next);
    for (let pass = 0; pass < 2; pass++) {
      const overlaps = removeProjection(vectors, k + 1, next);
      for (let j = 0; j <= k; j++) hessenberg[j * stride + k] += overlaps[j];
    }
    const rest = norm(next);
    if (rest <= 1e-14 * before) return { vectors, hessenberg, stride, size: k + 1, invariant: true };
    hessenberg[(k + 1) * stride + k] = rest;
    for (let i = 0; i < next.length; i++) next[i] /= rest;
    vectors.push(next);
    if (stop(k + 1, hessenberg, stride, vectors))
      return { vectors, hessenberg, stride, size: k + 1, invariant: false };
  }
  return { vectors, hessenberg, stride, size: maximum, invariant: false };
}

/** The leading size×size part of a Hessenberg matrix, rows contiguous. */
export function leading(hessenberg: Float64Array, stride: number, size: number): Float64Array {
  const part = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) part[i * size + j] = hessenberg[i * stride + j];
  return part;
}

/** The inverse of the projection of a space. */
export function inverseProjection({ hessenberg, stride, size }: KrylovBasis): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) inverse[i * (size + 1)] = 1;
  solveDense(factorDense(leading(hessenberg, stride, size), size), inverse, size);
  return inverse;
}

/** An eigenvalue with its eigenvector (real and imaginary part) and the residual |Ax − λx|/|λ| of the operator. */
export interface Eigenpair {
  readonly value: Complex;
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly residual: number;
}

/** Weight of a guess of the first eigenvector in the start vector, relative to all other directions. */
const guessed = 1000;

/**
 * Eigenpairs of an operator with the largest moduli, in descending order, by Arnoldi iteration; only those
 * whose residual is below `tolerance` (relative to the value). Used on an inverse it finds the eigenvalues
 * nearest zero. `near` is a guess of the first eigenvector.
 */
export function largestEigenpairs(
  apply: (x: Float64Array) => void,
  size: number,
  count: number,
  options: {
    readonly tolerance?: number;
    readonly maximum?: number;
    readonly near?: Float64Array | undefined;
  } = {},
): Eigenpair[] {
  const { tolerance = 1e-11, maximum = 120, near } = options;
  const start = Float64Array.from({ length: size }, (_, i) => Math.cos(1 + 1.7 * i * i) + 0.1 * Math.sin(i));
  const length = near ? norm(near) : 0;
  // every direction keeps a share, so that a mode slower than the expected one is not overlooked
  if (near && length > 0) addScaled(start, near, (guessed * norm(start)) / length);
  const limit = Math.min(size, maximum);
  let next = Math.min(limit, 2 * count + 6);
  let found: RitzPair[] = [];
  let last: KrylovBasis | undefined;
  krylovWithCheck(apply, start, limit, (basis) => {
    if (basis.size < next && !basis.invariant && basis.size < limit) return false;
    next = Math.min(limit, Math.ceil(1.25 * next));
    last = basis;
    found = ritzPairs(basis, count + 2);
    const wanted = found.slice(0, Math.min(count, basis.size));
    return wanted.every(({ residual }) => residual < tolerance);
  });
  const bad = found.findIndex(({ residual }) => !(residual < Math.max(tolerance, 1e-9)));
  const { vectors } = last ?? { vectors: [] };
  return (bad < 0 ? found : found.slice(0, bad)).map(({ value, re, im, residual }) => ({
    value,
    re: combined(vectors, re),
    im: combined(vectors, im),
    residual,
  }));
}

function combined(vectors: readonly Float64Array[], weights: Float64Array): Float64Array {
  const out = new Float64Array(vectors[0].length);
  if (weights.every((weight) => weight === 0)) return out;
  weights.forEach((weight, j) => {
    addScaled(out, vectors[j], weight);
  });
  return out;
}

function krylovWithCheck(
  apply: (x: Float64Array) => void,
  start: Float64Array,
  limit: number,
  check: (basis: KrylovBasis) => boolean,
): void {
  const basis = krylov(apply, start, limit, (size, hessenberg, stride, vectors) =>
    size < limit ? check({ vectors, hessenberg, stride, size, invariant: false }) : false,
  );
  if (basis.size === limit || basis.invariant) check(basis);
}

/** An eigenpair of the projection, its vector in the basis. */
type RitzPair = Eigenpair;

function ritzPairs(basis: KrylovBasis, count: number): RitzPair[] {
  const { hessenberg, stride, size } = basis;
  const values = hessenbergEigenvalues(leading(hessenberg, stride, size), size);
  const modulus = ({ re, im }: Complex) => Math.hypot(re, im);
  values.sort((a, b) => modulus(b) - modulus(a) || b.im - a.im);
  const projection = leading(hessenberg, stride, size);
  return values.slice(0, count).map((value) => {
    const [re, im] = hessenbergEigenvector(projection, size, value);
    const outside = basis.invariant ? 0 : hessenberg[size * stride + size - 1];
    return { value, re, im, residual: (outside * Math.hypot(re[size - 1], im[size - 1])) / modulus(value) };
  });
}

/**
 * Unit eigenvector of an upper Hessenberg matrix by inverse iteration. The eigenvalue is shifted by a few
 * roundings so that the matrix keeps an inverse, and by more if a pivot still vanishes.
 */
function hessenbergEigenvector(h: Float64Array, n: number, value: Complex): [Float64Array, Float64Array] {
  const scale = h.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  for (let away = 4 * Number.EPSILON * scale; ; away *= 8) {
    let x = Float64Array.from({ length: 2 * n }, (_, i) =>
      i < n || value.im !== 0 ? 1 + 0.3 * Math.sin(i) : 0,
    );
    for (let step = 0; step < 3; step++) {
      solveHessenberg(h, n, { re: 1, im: 0 }, { re: -value.re - away, im: -value.im }, x);
      const length = norm(x);
      x = x.map((entry) => entry / length);
    }
    if (x.every(Number.isFinite)) return [x.slice(0, n), x.slice(n)];
    if (!(away < 1e-8 * scale)) throw new SingularMatrixError("an eigenvector of a projection was not found");
  }
}
