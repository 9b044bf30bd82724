import type { Expression, Operand } from "../expression/expression.ts";
import { add, atan2, div, log1p, mul, sub, toExpression } from "../expression/expression.ts";

/*
 * Torques of circuit theory are quotients of polynomials of second degree in c = m·p. This file makes expressions of
 * them and of their antiderivatives in closed form.
 */

/** n0 + n1 c + n2 c². */
export type Quadratic = readonly [number, number, number];

export const scaled = (factor: number, a: Quadratic): Quadratic => [
  factor * a[0],
  factor * a[1],
  factor * a[2],
];
export const plus = (a: Quadratic, b: Quadratic): Quadratic => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const valueAt = (a: Quadratic, c: number): number => a[0] + c * (a[1] + c * a[2]);

/** A function of c as an expression. */
export type OfCosine = (c: Operand) => Expression;

const polynomial = (coefficients: readonly number[], c: Expression): Expression =>
  coefficients.reduceRight<Expression>((sum, n) => add(n, mul(c, sum)), toExpression(0));

/** numerator/denominator. */
export const quotient =
  (numerator: Quadratic, denominator: Quadratic): OfCosine =>
  (c) => {
    const x = toExpression(c);
    return div(polynomial(numerator, x), polynomial(denominator, x));
  };

/** If the denominator is this close to constant, the logarithms cancel, and the power series below is exact. */
const nearlyConstant = 0.01;
const seriesTerms = 16; // k multiplies c², so the neglected terms are of the order of 0.01^8

/** If k is this far below h², the logarithm over k would lose digits. */
const farBelow = 0.5;

/** ∫0^c numerator/(1 + 2hc + kc²) by powers, for small h and k. */
function seriesIntegral(numerator: Quadratic, h: number, k: number, c: Expression): Expression {
  const quotientSeries: number[] = [];
  for (let n = 0; n < seriesTerms; n++)
    quotientSeries.push(
      (numerator[n] ?? 0) - 2 * h * (quotientSeries[n - 1] ?? 0) - k * (quotientSeries[n - 2] ?? 0),
    );
  return polynomial([0, ...quotientSeries.map((value, n) => value / (n + 1))], c);
}

/** ∫0^c dc/(1 + 2hc + kc²): artanh(sc/(1+hc))/s for s² = h²−k > 0, arctan for s² < 0. */
function inverseIntegral(h: number, k: number, c: Expression): Expression {
  const discriminant = h * h - k;
  const s = Math.sqrt(Math.abs(discriminant));
  const base = add(1, mul(h, c));
  if (s < 1e-12) return div(c, base);
  if (discriminant < 0) return div(atan2(mul(s, c), base), s);
  const argument = div(mul(s, c), base);
  return div(sub(log1p(argument), log1p(mul(-1, argument))), 2 * s);
}

/** ∫0^c dc/(1 + rc) and ∫0^c c dc/(1 + rc), also for r = 0. */
function linearIntegrals(r: number, c: Expression): { one: Expression; c: Expression } {
  if (Math.abs(r) < nearlyConstant) {
    const powers = Array.from({ length: seriesTerms / 2 }, (_, n) => (-r) ** n); // here r multiplies c
    return {
      one: polynomial([0, ...powers.map((value, n) => value / (n + 1))], c),
      c: polynomial([0, 0, ...powers.map((value, n) => value / (n + 2))], c),
    };
  }
  const one = mul(1 / r, log1p(mul(r, c)));
  return { one, c: mul(1 / r, sub(c, one)) };
}

/** ∫0^c numerator/(1 + 2hc + kc²) by partial fractions 1/(1 + r1c), 1/(1 + r2c), for k far below h². */
function partialFractions([n0, n1, n2]: Quadratic, h: number, k: number, c: Expression): Expression {
  const r1 = h + Math.sign(h) * Math.sqrt(h * h - k);
  const r2 = k / r1;
  const [far, close] = [linearIntegrals(r1, c), linearIntegrals(r2, c)];
  const terms = [
    mul(n0, sub(mul(r1, far.one), mul(r2, close.one))),
    mul(n1, sub(close.one, far.one)),
    mul(n2, sub(close.c, far.c)),
  ];
  return div(add(...terms), r1 - r2);
}

/**
 * ∫0^c numerator/denominator dc in closed form. The denominator must be positive on [−1, 1], as the determinant of
 * a dissipative circuit is.
 */
export function antiderivative(numerator: Quadratic, denominator: Quadratic): OfCosine {
  const [h, k] = [denominator[1] / (2 * denominator[0]), denominator[2] / denominator[0]];
  const n = scaled(1 / denominator[0], numerator);
  return (of) => {
    const c = toExpression(of);
    if (n.every((value) => value === 0)) return toExpression(0);
    if (2 * Math.abs(h) + Math.abs(k) < nearlyConstant) return seriesIntegral(n, h, k, c);
    if (Math.abs(k) < farBelow * h * h) return partialFractions(n, h, k, c);
    // n2c² + n1c + n0 = (n2/k)·D + slope·(h + kc) + rest, and (h + kc)/D integrates to ½ log D
    const whole = n[2] / k;
    const slope = (n[1] - 2 * h * whole) / k;
    const rest = n[0] - whole - slope * h;
    const logarithm = log1p(mul(c, add(2 * h, mul(k, c))));
    return add(mul(whole, c), mul(0.5 * slope, logarithm), mul(rest, inverseIntegral(h, k, c)));
  };
}
