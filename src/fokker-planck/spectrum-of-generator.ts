import type { Complex } from "../linear-algebra/hessenberg.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { largest } from "../numerics/extremes.ts";
import { operatorOf } from "./instantaneous-operator.ts";
import type { Ordering } from "./sectors.ts";

/** A decaying mode: rate (eigenvalue of −F), right eigenvector (density) and, on request, the left one. */
export interface Mode {
  readonly rate: Complex;
  /** Real and imaginary part over all unknowns. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The `count` modes of −F nearest zero, without the conserved total at unknown 0, sorted by real part (conjugate pairs together, positive
 * frequency first). `left` gives eigenvectors of the backward operator instead of densities, `level` uses only sectors of one order;
 * `near` is a guess for the first mode of each sector.
 */
export function slowestModes(
  forward: SparseMatrix,
  ordering: Ordering,
  count: number,
  options: {
    readonly left?: boolean;
    readonly shift?: number;
    readonly level?: number;
    readonly near?: Float64Array | undefined;
  } = {},
): Mode[] {
  const { left, shift = 0, level, near } = options;
  const parts = operatorOf(forward, ordering)
    .sectors.filter(({ sector }) => level === undefined || sector.levels[0] === level)
    .map((part) => ({ part, modes: [] as Mode[], asked: 0 }));
  const ask = (entry: (typeof parts)[number], asked: number): void => {
    const { part } = entry;
    entry.asked = asked;
    entry.modes = part
      .eigenpairs(asked, { left, shift, near: near && part.gather(near) })
      .map(({ value, re, im }) => {
        const size = value.re ** 2 + value.im ** 2;
        // F − shift has the eigenvalue 1/value
        return {
          rate: { re: -value.re / size - shift, im: value.im / size },
          re: part.scatter(re),
          im: part.scatter(im),
        };
      });
  };
  // compute each sector's share of the modes and two more; if the fastest of them is among the slowest of all, the sector may have more
  const share = shift === 0 ? Math.ceil(count / parts.length) + more : count;
  for (const entry of parts) ask(entry, Math.min(count, share));
  for (;;) {
    const sizes = parts
      .flatMap(({ modes }) => modes.map(({ rate }) => Math.hypot(rate.re, rate.im)))
      .sort((a, b) => a - b);
    const limit = sizes[count - 1] ?? Number.POSITIVE_INFINITY;
    const unsure = parts.filter(
      ({ modes, asked }) =>
        asked < count &&
        modes.length >= asked &&
        Math.hypot(modes[modes.length - 1].rate.re, modes[modes.length - 1].rate.im) < limit,
    );
    if (unsure.length === 0) break;
    for (const entry of unsure) ask(entry, count);
  }
  const modes = parts.flatMap((entry) => entry.modes);
  modes.sort((a, b) => Math.hypot(a.rate.re, a.rate.im) - Math.hypot(b.rate.re, b.rate.im));
  return modes.slice(0, count).sort((a, b) => byRate(a.rate, b.rate));
}

/** Modes that a sector computes beyond its share. */
const more = 2;

/** Every mode of the equation decays, so growing modes are removed, except the slowest one, which rounding may carry below zero. */
export function decaying(rates: readonly Complex[]): Complex[] {
  const fastest = largest(rates.map(({ re, im }) => Math.hypot(re, im)));
  return rates.filter(({ re }) => re > -roundingOfRates * fastest);
}

/** Rounding of rates, as a share of the fastest rate in a list. */
const roundingOfRates = 1e-6;

/** Order by real part; real parts that are equal up to rounding by frequency, so that pairs stay together. */
export function byRate(a: Complex, b: Complex): number {
  const close = Math.abs(a.re - b.re) <= 1e-9 * (Math.abs(a.re) + Math.abs(b.re));
  return close ? Math.abs(a.im) - Math.abs(b.im) || b.im - a.im : a.re - b.re;
}

/** Completes a list that was cut inside a complex pair: the operator is real, so both eigenvalues exist. */
export function withConjugates(rates: readonly Complex[]): Complex[] {
  const has = ({ re, im }: Complex): boolean =>
    rates.some((other) => Math.hypot(other.re - re, other.im - im) <= 1e-7 * Math.hypot(re, im));
  return rates.flatMap((rate) => {
    const conjugate = { re: rate.re, im: -rate.im };
    return rate.im === 0 || has(conjugate) ? [rate] : [rate, conjugate];
  });
}
