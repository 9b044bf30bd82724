import { addScaled, krylov, leading, norm } from "./arnoldi.ts";
import { factorDense, solveDense } from "./dense-lu.ts";
import { denseExponential } from "./matrix-exponential.ts";

/**
 * exp(tA) b by Krylov spaces of A (Saad 1992; step control as in Expokit). `apply` maps x to Ax in place.
 * `tolerance` bounds the sum of the local errors estimated from h_{m+1,m}, relative to |b|.
 */
export function krylovExponential(
  apply: (x: Float64Array) => void,
  b: Float64Array,
  time: number,
  options: { readonly normBound: number; readonly tolerance?: number; readonly dimension?: number },
): Float64Array {
  const { normBound, tolerance = 1e-13, dimension = 30 } = options;
  let done = 0;
  let x = b.slice();
  let step = Math.min(time, (0.5 * dimension) / Math.max(normBound, 1e-300));
  while (done < time) {
    const length = norm(x);
    // squares of anything smaller underflow; what has decayed that far is nothing
    if (length < 1e-140) return new Float64Array(x.length);
    const basis = krylov(apply, x, Math.min(dimension, b.length));
    const k = basis.size;
    for (;;) {
      step = Math.min(step, time - done);
      const { result, error } = projectedExponential(basis, k, step);
      if (!Number.isFinite(error)) throw new RangeError("the exponential grows beyond double precision");
      // below a few rounding errors an estimate says nothing, and a step that waited for it would never grow again
      const allowed = Math.max(tolerance * (step / time), 4e-15);
      if (basis.invariant || error <= allowed) {
        const next = new Float64Array(x.length);
        for (let j = 0; j < result.length && j < basis.vectors.length; j++)
          addScaled(next, basis.vectors[j], length * result[j]);
        x = next;
        done = time - done - step <= 1e-14 * time ? time : done + step;
        step *= error < 0.1 * allowed ? 1.5 : 1;
        break;
      }
      step /= 1.6;
    }
  }
  return x;
}

/** First column of exp(step·H), corrected by the next Krylov vector, and the size of the correction's error. */
function projectedExponential(
  basis: ReturnType<typeof krylov>,
  k: number,
  step: number,
): { result: Float64Array; error: number } {
  if (basis.invariant) {
    const small = leading(basis.hessenberg, basis.stride, k).map((x) => step * x);
    return { result: column(denseExponential(small, k), k, k), error: 0 };
  }
  // Saad's augmented matrix: row k carries h_{k+1,k}, row k+1 the integral that estimates the error
  const n = k + 2;
  const augmented = new Float64Array(n * n);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) augmented[i * n + j] = step * basis.hessenberg[i * basis.stride + j];
  augmented[k * n + k - 1] = step * basis.hessenberg[k * basis.stride + k - 1];
  augmented[(k + 1) * n + k] = step;
  const exponential = denseExponential(augmented, n);
  return { result: column(exponential, n, k + 1), error: Math.abs(exponential[k * n]) };
}

const column = (a: Float64Array, stride: number, length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => a[i * stride]);

/**
 * exp(tA) b by the Krylov space of (1 − γA)⁻¹ (Moret & Novati 2004; van den Eshof & Hochbruck 2006): the number of
 * vectors does not grow with |A|. `solve` applies that inverse in place. Accepted when two successive spaces agree to
 * `tolerance` relative to |b|; undefined where `maximum` vectors do not suffice (strong oscillation: halve the time).
 */
export function rationalExponential(
  solve: (x: Float64Array) => void,
  gamma: number,
  b: Float64Array,
  time: number,
  options: { readonly tolerance?: number; readonly maximum?: number } = {},
): Float64Array | undefined {
  const { tolerance = 1e-12, maximum = 60 } = options;
  let before: Float64Array | undefined;
  let accepted: Float64Array | undefined;
  let agreements = 0;
  const project = (size: number, hessenberg: Float64Array, stride: number): Float64Array => {
    // A restricted to the space is (1 − H⁻¹)/γ
    const inverse = new Float64Array(size * size);
    for (let i = 0; i < size; i++) inverse[i * (size + 1)] = 1;
    solveDense(factorDense(leading(hessenberg, stride, size), size), inverse, size);
    const small = inverse.map((x, i) => ((i % (size + 1) === 0 ? 1 : 0) - x) * (time / gamma));
    return column(denseExponential(small, size), size, size);
  };
  const limit = Math.min(maximum, b.length);
  const basis = krylov(solve, b, limit, (size, hessenberg, stride) => {
    if (size < 6 || size % 2 === 1) return false;
    const now = project(size, hessenberg, stride);
    let difference = 0;
    for (let i = 0; i < size; i++) difference += (now[i] - (before?.[i] ?? 0)) ** 2;
    agreements = Math.sqrt(difference) < tolerance ? agreements + 1 : 0;
    before = now;
    if (agreements >= 1) accepted = now;
    return accepted !== undefined;
  });
  if (basis.size === 0) return b.slice();
  if (!accepted && (basis.invariant || basis.size === b.length))
    accepted = project(basis.size, basis.hessenberg, basis.stride);
  if (!accepted) return undefined;
  const result = new Float64Array(b.length);
  const length = norm(b);
  for (let j = 0; j < accepted.length; j++) addScaled(result, basis.vectors[j], length * accepted[j]);
  return result;
}
