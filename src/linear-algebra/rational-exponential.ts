import { spaceUntilTwoAgree } from "./agreed-space.ts";
import type { KrylovBasis } from "./arnoldi.ts";
import { addScaled, dotProduct, norm } from "./arnoldi.ts";
import { exponentialSeries } from "./exponential-series.ts";
import { generatorIn } from "./rational-evolution.ts";

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
const enoughToCompare = 60;
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
  /** functionals × vectors, grown with the space. */
  const seen: Float64Array[] = [];
  let lastError: number | undefined;
  let hopeless = false;
  const { space, isEnough } = spaceUntilTwoAgree(solve, b, {
    first: 8,
    next: (size) => Math.ceil(1.22 * size) + 1,
    most: limit,
    answer: (space) => {
      const { size, vectors } = space;
      while (seen.length < size) {
        const vector = vectors[seen.length];
        seen.push(Float64Array.from(functionals, (f) => length * dotProduct(f, vector)));
      }
      const values = exponentialSeries(generatorIn(space, gamma), size, first(size), checked).map((y) => {
        const row = new Float64Array(functionals.length);
        for (let j = 0; j < size; j++) addScaled(row, seen[j], y[j]);
        return row;
      });
      return { size, values };
    },
    agree: (smaller, { size, values }) => {
      const error = farthest(values, smaller.values);
      // at the rate of convergence of the last enlargement
      const pace = Math.log((lastError ?? farthest(smaller.values)) / error) / (size - smaller.size);
      hopeless = size >= enoughToCompare && !(size + Math.log(error / tolerance) / pace <= limit && pace > 0);
      lastError = error;
      return error <= tolerance;
    },
    isHopeless: () => hopeless,
  });
  if (space.size === 0) return { vectors: [], coordinates: times.map(() => new Float64Array(0)) };
  if (!isEnough) return undefined;
  return { vectors: space.vectors, coordinates: coordinatesOf(space, gamma, times, length) };
}

/** Largest difference of two tables, or largest entry of one. */
const farthest = (a: readonly Float64Array[], b?: readonly Float64Array[]): number =>
  a.reduce(
    (most, row, t) => row.reduce((m, value, f) => Math.max(m, Math.abs(value - (b?.[t][f] ?? 0))), most),
    0,
  );

const coordinatesOf = (
  space: KrylovBasis,
  gamma: number,
  times: readonly number[],
  length: number,
): Float64Array[] =>
  exponentialSeries(generatorIn(space, gamma), space.size, first(space.size), times).map((y) =>
    y.map((value) => length * value),
  );

const first = (size: number): Float64Array => {
  const e = new Float64Array(size);
  e[0] = 1;
  return e;
};

/** At most a few of ascending times, evenly by index, the first and the last among them. */
function spaced(times: readonly number[]): number[] {
  const count = Math.min(comparedTimes, times.length);
  const places = Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (times.length - 1)) / (count - 1)),
  );
  return places.map((place) => times[place]);
}
