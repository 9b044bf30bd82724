import type { Expression } from "../expression/expression.ts";
import { add, constant, mul, neg, sub } from "../expression/expression.ts";
import { m } from "../expression/vector.ts";

/**
 * Real spherical harmonics as polynomials of mx, my, mz, orthonormal on the sphere, without the Condon–Shortley phase:
 * order m > 0 goes with cos(mφ), m < 0 with sin(|m|φ). Y_10 = √(3/4π) mz, Y_11 = √(3/4π) mx. The harmonics of one set
 * share their recursions, so take all harmonics of one expression from the same set.
 */
export function sphericalHarmonics(): (l: number, order: number) => Expression {
  const [x, y, z] = m;
  const circular: [Expression, Expression][] = [[constant(1), constant(0)]];
  /** Real and imaginary part of (mx + i my)^k. */
  const power = (k: number): [Expression, Expression] => {
    for (let i = circular.length; i <= k; i++) {
      const [re, im] = circular[i - 1];
      circular.push([sub(mul(re, x), mul(im, y)), add(mul(re, y), mul(im, x))]);
    }
    return circular[k];
  };
  const legendre = new Map<string, Expression>();
  /** Normalized d^k P_l/dz^k by the usual recursion in l, stable upwards. */
  const polar = (l: number, k: number): Expression => {
    if (l < k) return constant(0);
    const key = `${l},${k}`;
    const known = legendre.get(key);
    if (known) return known;
    let result: Expression;
    if (l === k) {
      let norm = 1 / (4 * Math.PI);
      for (let i = 1; i <= k; i++) norm *= (2 * i + 1) / (2 * i);
      result = constant(Math.sqrt(norm));
    } else {
      const a = Math.sqrt((4 * l * l - 1) / (l * l - k * k));
      const b = Math.sqrt(((l - 1) ** 2 - k * k) / (4 * (l - 1) ** 2 - 1));
      const before = l - 1 > k ? mul(b, polar(l - 2, k)) : constant(0);
      result = mul(a, sub(mul(z, polar(l - 1, k)), before));
    }
    legendre.set(key, result);
    return result;
  };
  return (l, order) => {
    const k = Math.abs(order);
    const [re, im] = power(k);
    const angular = mul(polar(l, k), order < 0 ? im : re);
    return order === 0 ? angular : mul(Math.SQRT2, angular);
  };
}

export interface Harmonic {
  readonly l: number;
  /** Order, −l ≤ m ≤ l. */
  readonly m: number;
  readonly value: Expression | number;
}

/** Σ value · Y_lm. */
export function harmonicSum(terms: readonly Harmonic[]): Expression {
  const Y = sphericalHarmonics();
  return add(
    ...terms.map(({ l, m: order, value }) => {
      if (typeof value === "number" && value < 0) return neg(mul(-value, Y(l, order)));
      return mul(value, Y(l, order));
    }),
  );
}
