import type { KrylovBasis } from "./arnoldi.ts";
import { addScaled, dotProduct, krylov, leading, norm } from "./arnoldi.ts";
import { factorDense, solveDense } from "./dense-lu.ts";
import { exponentialSeries } from "./exponential-series.ts";

/** exp(tA) b at several times, in coordinates of one Krylov space. */
export interface ProjectedExponentials {
  readonly vectors: readonly Float64Array[];
  /** One row of coordinates per time; exp(tA) b is their combination of the vectors. */
  readonly coordinates: readonly Float64Array[];
}

export interface RationalOptions {
  /** Functionals whose values f·exp(tA) b must be accurate, as rows f. */
  readonly functionals: readonly Float64Array[];
  /** Absolute, in every functional. */
  readonly tolerance: number;
  /** Largest number of vectors. */
  readonly maximum?: number;
}

/**
 * From this size on, a space is given up if it would need more than the largest number of vectors at its
 * present rate of convergence. Smaller spaces still converge faster and faster.
 */
const enoughToJudge = 60;
/** Number of times at which two spaces are compared: the ends and a few between. */
const comparedTimes = 5;

/**
 * exp(tA) b at ascending times by the Krylov space of (1 − γA)⁻¹ (Moret & Novati 2004; van den Eshof & Hochbruck 2006): one
 * factorization, and a number of vectors that does not grow with |A|. `solve` applies that inverse in place; γ near a hundredth
 * of the last time serves a decade of times. Accepted when a space and a smaller one agree in all functionals;
 * undefined where `maximum` vectors do not suffice.
 */
export function rationalExponentials(
  solve: (x: Float64Array) => void,
  gamma: number,
  b: Float64Array,
  times: readonly number[],
  { functionals, tolerance, maximum = 200 }: RationalOptions,
): ProjectedExponentials | undefined {
  const length = norm(b);
  const checked = spaced(times);
  const limit = Math.min(maximum, b.length);
  const kept: Float64Array[] = [];
  /** functionals × vectors, grown with the space. */
  const seen: Float64Array[] = [];
  let before: Float64Array[] | undefined;
  let settled = false;
  let hopeless = false;
  let [lastSize, lastError] = [0, Number.POSITIVE_INFINITY];
  let next = 8;
  const isSettled = (size: number, hessenberg: Float64Array, stride: number): boolean => {
    if (size < next && size < limit) return false;
    next = Math.ceil(1.22 * size) + 1;
    while (seen.length < size) {
      const vector = kept[seen.length];
      seen.push(Float64Array.from(functionals, (f) => length * dotProduct(f, vector)));
    }
    const now = exponentialSeries(
      restricted(hessenberg, stride, size, gamma),
      size,
      first(size),
      checked,
    ).map((y) => {
      const values = new Float64Array(functionals.length);
      for (let j = 0; j < size; j++) addScaled(values, seen[j], y[j]);
      return values;
    });
    const error = now.reduce(
      (most, values, t) =>
        values.reduce((m, value, f) => Math.max(m, Math.abs(value - (before?.[t][f] ?? 0))), most),
      0,
    );
    settled = before !== undefined && error <= tolerance;
    // at the rate of convergence of the last enlargement
    const pace = Math.log(lastError / error) / (size - lastSize);
    hopeless = size >= enoughToJudge && !(size + Math.log(error / tolerance) / pace <= limit && pace > 0);
    [lastSize, lastError] = [size, error];
    before = now;
    return settled || hopeless;
  };
  const basis = krylov(
    (x) => {
      kept.push(x.slice());
      solve(x);
    },
    b,
    limit,
    isSettled,
  );
  if (basis.size === 0) return { vectors: [], coordinates: times.map(() => new Float64Array(0)) };
  if (!settled && !basis.invariant && basis.size < b.length) return undefined;
  return { vectors: basis.vectors, coordinates: coordinatesOf(basis, gamma, times, length) };
}

function coordinatesOf(
  { hessenberg, stride, size }: KrylovBasis,
  gamma: number,
  times: readonly number[],
  length: number,
): Float64Array[] {
  const small = restricted(hessenberg, stride, size, gamma);
  return exponentialSeries(small, size, first(size), times).map((y) => y.map((value) => length * value));
}

const first = (size: number): Float64Array => {
  const e = new Float64Array(size);
  e[0] = 1;
  return e;
};

/** A restricted to the space: (1 − H⁻¹)/γ. */
function restricted(hessenberg: Float64Array, stride: number, size: number, gamma: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) inverse[i * (size + 1)] = 1;
  solveDense(factorDense(leading(hessenberg, stride, size), size), inverse, size);
  for (let i = 0; i < inverse.length; i++) inverse[i] = ((i % (size + 1) === 0 ? 1 : 0) - inverse[i]) / gamma;
  return inverse;
}

/** At most a few of ascending times, evenly by index, the first and the last among them. */
function spaced(times: readonly number[]): number[] {
  const count = Math.min(comparedTimes, times.length);
  const places = Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (times.length - 1)) / (count - 1)),
  );
  return places.map((place) => times[place]);
}
