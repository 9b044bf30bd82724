import { TraceError } from "../trace-error.ts";
import type { StepResponse } from "./step-response.ts";

type Complex = readonly [number, number];

const product = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const quotient = (x: Complex, [c, d]: Complex): Complex => {
  const [re, im] = product(x, [c, -d]);
  return [re / (c * c + d * d), im / (c * c + d * d)];
};

/** Butterworth: poles evenly spaced on a half circle. */
const butterworth = (order: number): Complex[] =>
  Array.from({ length: order }, (_, k) => {
    const angle = (Math.PI * (2 * k + order + 1)) / (2 * order);
    return [Math.cos(angle), Math.sin(angle)];
  });

/**
 * Bessel: zeros of the reverse polynomial Σ (2n − k)!/(2^{n−k} k! (n − k)!) s^k, all at once by Durand and Kerner's iteration.
 * W. E. Thomson, Proc. IEE 96 III (1949) 487.
 */
function bessel(order: number): Complex[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const coefficients = Array.from(
    { length: order + 1 },
    (_, k) => factorial(2 * order - k) / (2 ** (order - k) * factorial(k) * factorial(order - k)),
  );
  // the zeros lie near a circle with the order as its radius
  let zeros = Array.from({ length: order }, (_, k): Complex => {
    const angle = (2 * Math.PI * (k + 0.3)) / order;
    return [order * Math.cos(angle), order * Math.sin(angle)];
  });
  for (let round = 0; round < 200; round++)
    zeros = zeros.map((zero, i) => {
      const value = coefficients.reduceRight<Complex>(
        (sum, c) => {
          const [re, im] = product(sum, zero);
          return [re + c, im];
        },
        [0, 0],
      );
      const others = zeros.reduce<Complex>(
        (all, other, k) => (k === i ? all : product(all, [zero[0] - other[0], zero[1] - other[1]])),
        [1, 0],
      );
      const [re, im] = quotient(value, others);
      return [zero[0] - re, zero[1] - im];
    });
  return zeros;
}

const shapes = { butterworth, bessel } as const;

/** The names of the shapes, and of `poles`: equal real poles one after the other. */
const lowPassNames = [...Object.keys(shapes), "poles"] as const;
const mostPoles = 8;

/** −3 dB of |H|² = Π|p|²/|iω − p|². */
function corner(poles: readonly Complex[]): number {
  const power = (omega: number): number =>
    poles.reduce((all, [re, im]) => (all * (re * re + im * im)) / (re * re + (omega - im) ** 2), 1);
  let [low, high] = [0, 1];
  while (power(high) > 0.5) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high);
    if (power(middle) > 0.5) low = middle;
    else high = middle;
  }
  return high;
}

/** 1 + Σ residue·exp(p t), for poles that differ. */
function byResidues(poles: readonly Complex[]): (t: number) => number {
  const residues = poles.map((pole, i) =>
    poles.reduce<Complex>(
      (all, other, k) =>
        k === i
          ? all
          : quotient(product(all, [-other[0], -other[1]]), [pole[0] - other[0], pole[1] - other[1]]),
      [-1, 0],
    ),
  );
  return (t) =>
    poles.reduce(
      (sum, [re, im], i) =>
        sum + Math.exp(re * t) * (residues[i][0] * Math.cos(im * t) - residues[i][1] * Math.sin(im * t)),
      1,
    );
}

/** 1 − e^{−t} Σ_{k<n} t^k/k!. */
const byEqualPoles =
  (order: number) =>
  (t: number): number => {
    let [term, sum] = [1, 0];
    for (let k = 0; k < order; k++) {
      sum += term;
      term *= t / (k + 1);
    }
    return 1 - Math.exp(-t) * sum;
  };

/** Whether a text has the form of a filter's name. */
export const isLowPass = (text: string): boolean => /^[a-z]+-\d+$/.test(text);

const values = 4000;
/** Remainder of the step at the end of the table. */
const rest = 1e-7;

/**
 * The response of a low-pass filter of a named shape (`butterworth-4`, `bessel-4`, `poles-2`) whose power falls to half at `bandwidth` (Hz). Throws
 * TraceError for any other name.
 */
export function lowPass(name: string, bandwidth: number): StepResponse {
  const [, shape, digits] = /^([a-z]+)-(\d+)$/.exec(name) ?? [];
  const order = Number(digits);
  if (!lowPassNames.includes(shape as (typeof lowPassNames)[number]) || !(order >= 1 && order <= mostPoles))
    throw new TraceError(
      `"${name}" is no low-pass filter; there are ${lowPassNames.map((known) => `${known}-N`).join(", ")}, N from 1 to ${mostPoles}`,
    );
  const poles = Object.hasOwn(shapes, shape)
    ? shapes[shape as keyof typeof shapes](order)
    : Array.from({ length: order }, (): Complex => [-1, 0]);
  const step = Object.hasOwn(shapes, shape) ? byResidues(poles) : byEqualPoles(order);
  const unit = corner(poles) / (2 * Math.PI * bandwidth);
  const slowest = Math.min(...poles.map(([re]) => -re));
  let end = -Math.log(rest) / slowest;
  while (Math.abs(step(end) - 1) > rest) end *= 1.2;
  const times = Array.from({ length: values + 1 }, (_, i) => (end * i) / values);
  return {
    name: `${name} at ${Number(bandwidth.toPrecision(6))} Hz`,
    times: times.map((t) => t * unit),
    values: times.map((t, i) => (i === values ? 1 : step(t))),
  };
}
