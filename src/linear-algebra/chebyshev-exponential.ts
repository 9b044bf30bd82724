import { besselSequence } from "../numerics/bessel.ts";
import { addScaled, norm } from "./arnoldi.ts";
import type { SparseMatrix } from "./sparse.ts";
import { combine, multiply, transpose } from "./sparse.ts";

/** An ellipse in the plane of the values x*Ax/x*x of a real matrix, with axes along the real and the imaginary direction. */
interface Ellipse {
  readonly center: number;
  readonly alongReal: number;
  readonly alongImaginary: number;
}

/** Digits that the terms of one expansion may lose to cancellation, as a natural logarithm. */
const largestGrowth = 4;
/** Times that lie so close together that their expansions differ by at most this many orders share one. */
const sharedOrders = 40;

/** exp(tA) by polynomials in A: it needs matrix–vector products alone, in a number that grows with |A|t. */
export interface PolynomialExponential {
  /** Matrix–vector products per unit of time. */
  readonly rate: number;
  /** exp(tA) b at ascending times ≥ 0. */
  series(b: Float64Array, times: readonly number[], reached: (place: number, x: Float64Array) => void): void;
}

/**
 * exp(tA) b by Chebyshev polynomials on an ellipse that holds A's field of values: Σ (2−δ) e^(ct) J_k(ft)
 * Q_k, with Q_k+1 = 2BQ_k + Q_k−1 (foci ±if about the centre c; for real foci I_k takes the place of J_k,
 * and a minus that of the last plus). Druskin & Knizhnerman 1989; Tal-Ezer 1989.
 */
export function polynomialExponential(a: SparseMatrix): PolynomialExponential {
  const n = a.rows;
  const { center, alongReal, alongImaginary } = ellipseOf(a);
  const square = alongImaginary ** 2 - alongReal ** 2;
  const focus = Math.sqrt(Math.abs(square));
  const rotating = square > 0;
  // single terms grow like the far end of the ellipse, while their sum stays smaller: digits cancel
  const overshoot = Math.max(center + alongReal, 1e-300);
  const longest = largestGrowth / overshoot;
  // growth of the polynomials on the ellipse from one order to the next
  const growth = (alongReal + alongImaginary) / focus;
  const outside = (t: number): number => Math.exp((center + (rotating ? 0 : focus)) * t);
  const factors = (t: number): Float64Array =>
    besselSequence(focus * t, { modified: !rotating, growth, scale: outside(t) });
  // without damping no digits are lost, however long the time
  const typical = Math.min(longest, sharedOrders / focus);
  const rate = factors(typical).length / typical;
  const expand = (x: Float64Array, times: readonly number[]): Float64Array[] => {
    const coefficients = times.map(factors);
    const outer = times.map(outside);
    const out = times.map((_, i) => x.map((value) => outer[i] * coefficients[i][0] * value));
    const orders = Math.max(...coefficients.map(({ length }) => length));
    let [before, here]: Float64Array[] = [x, new Float64Array(n)];
    const scaled = (from: Float64Array, to: Float64Array): void => {
      multiply(a, from, to);
      for (let i = 0; i < n; i++) to[i] = (to[i] - center * from[i]) / focus;
    };
    scaled(x, here);
    let spare: Float64Array = new Float64Array(n);
    for (let k = 1; k < orders; k++) {
      coefficients.forEach((c, i) => {
        if (k < c.length) addScaled(out[i], here, 2 * outer[i] * c[k]);
      });
      if (k === orders - 1) break;
      scaled(here, spare);
      const sign = rotating ? 1 : -1;
      for (let i = 0; i < n; i++) spare[i] = 2 * spare[i] + sign * before[i];
      [before, here, spare] = [here, spare, k === 1 ? new Float64Array(n) : before];
    }
    return out;
  };
  return {
    rate,
    series(b, times, reached) {
      let [x, now, place] = [b, 0, 0];
      while (place < times.length) {
        if (times[place] > now + longest) {
          // whole steps on the way
          const steps = Math.ceil((times[place] - now) / longest);
          const step = (times[place] - now) / steps;
          for (let i = 1; i < steps; i++) {
            [x] = expand(x, [step]);
            now += step;
          }
        }
        let until = place + 1;
        while (
          until < times.length &&
          (times[until] - now) * focus <= sharedOrders &&
          times[until] - now <= longest
        )
          until++;
        const states = expand(
          x,
          times.slice(place, until).map((t) => t - now),
        );
        states.forEach((state, i) => {
          reached(place + i, state);
        });
        x = states[states.length - 1];
        now = times[until - 1];
        place = until;
      }
    },
  };
}

/**
 * The ellipse around the rectangle of A's field of values: its symmetric part is bounded by row sums, the
 * norm of its antisymmetric part comes from iteration.
 */
function ellipseOf(a: SparseMatrix): Ellipse {
  const turned = transpose(a);
  const symmetric = combine([
    { matrix: a, scale: 0.5 },
    { matrix: turned, scale: 0.5 },
  ]);
  let [low, high] = [0, 0];
  for (let i = 0; i < a.rows; i++) {
    let [middle, radius] = [0, 0];
    for (let k = symmetric.starts[i]; k < symmetric.starts[i + 1]; k++)
      if (symmetric.indices[k] === i) middle += symmetric.values[k];
      else radius += Math.abs(symmetric.values[k]);
    low = Math.min(low, middle - radius);
    high = Math.max(high, middle + radius);
  }
  const rotation = combine([
    { matrix: a, scale: 0.5 },
    { matrix: turned, scale: -0.5 },
  ]);
  const [width, height] = [(high - low) / 2, largestRotation(rotation)];
  const grown = Math.SQRT2;
  let [alongReal, alongImaginary] = [grown * width, grown * height];
  // a circle has no foci
  const largest = Math.max(alongReal, alongImaginary, 1e-300);
  if (alongImaginary ** 2 - alongReal ** 2 >= 0)
    alongImaginary = Math.max(alongImaginary, Math.hypot(alongReal, 0.4 * largest));
  else alongReal = Math.max(alongReal, Math.hypot(alongImaginary, 0.4 * largest));
  return { center: (high + low) / 2, alongReal, alongImaginary };
}

/** 2-norm of an antisymmetric matrix by the power method, with an allowance for what that misses. */
function largestRotation(k: SparseMatrix): number {
  let x = Float64Array.from({ length: k.rows }, (_, i) => 1 + 0.5 * Math.cos(1.7 * i * i));
  let out = new Float64Array(k.rows);
  let size = 0;
  for (let i = 0; i < 24; i++) {
    const length = norm(x);
    if (length === 0) return 0;
    for (let j = 0; j < x.length; j++) x[j] /= length;
    multiply(k, x, out);
    size = norm(out);
    [x, out] = [out, x];
  }
  return 1.1 * size;
}
