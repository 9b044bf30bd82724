import type { Expression } from "./expression.ts";
import { linearForm } from "./linear-form.ts";
import { exponentsOf, keyOf, polynomial } from "./polynomial.ts";
import type { SignedKey } from "./signed-key.ts";
import { magnetization } from "./vector.ts";

/** Names of the components of a unit vector. */
export type VectorNames = readonly [string, string, string];

/** Coefficients by the exponents "i,j,k" of mx, my, mz, followed by those of the components of other unit vectors. */
export type Monomials = ReadonlyMap<string, number>;

/**
 * A polynomial in m on the sphere (or in several unit vectors), as one homogeneous polynomial for each parity and each function of time
 * in its coefficients. Lower degrees are multiplied by powers of m·m = 1, so two polynomials are the same function on the sphere if and
 * only if all their numbers agree. Undefined if the expression is not a polynomial in m.
 */
export function spherePolynomial(
  of: Expression,
  keys: (node: Expression) => SignedKey,
  vectors: readonly VectorNames[] = [magnetization],
): Monomials[] | undefined {
  const terms = polynomial(of, vectors.flat());
  if (!terms) return undefined;
  const groups = new Map<string, Map<string, number>>();
  for (const [key, coefficient] of terms)
    for (const [time, { factor, of }] of linearForm(coefficient, keys)) {
      const group = `${time} ${vectors.map((_, v) => degreeIn(key, v) % 2)}`;
      const known = groups.get(group) ?? new Map<string, number>();
      groups.set(group, known);
      // keep one sign for each function of time
      known.set(key, (known.get(key) ?? 0) + factor * keys(of).sign);
    }
  return [...groups.values()].map((terms) =>
    vectors.reduce<Monomials>((found, _, v) => homogeneous(found, v), terms),
  );
}

/** The degree of a monomial in the components of one vector. */
const degreeIn = (key: string, v: number): number =>
  exponentsOf(key)
    .slice(3 * v, 3 * v + 3)
    .reduce((sum, n) => sum + n, 0);

/** Multiplies lower degrees in one vector by its square until all terms have the highest degree. */
function homogeneous(terms: Monomials, v: number): Monomials {
  const top = Math.max(0, ...[...terms.keys()].map((key) => degreeIn(key, v)));
  let waiting = new Map(terms);
  const done = new Map<string, number>();
  while (waiting.size > 0) {
    const next = new Map<string, number>();
    for (const [key, value] of waiting)
      if (degreeIn(key, v) === top) done.set(key, (done.get(key) ?? 0) + value);
      else
        for (const axis of [0, 1, 2]) {
          const raised: number[] = exponentsOf(key);
          raised[3 * v + axis] += 2;
          next.set(keyOf(raised), (next.get(keyOf(raised)) ?? 0) + value);
        }
    waiting = next;
  }
  return done;
}

/** The components of m×∇f as monomials; for several unit vectors the sum over them. */
export function torqueOf(terms: Monomials): [Monomials, Monomials, Monomials] {
  const turned = [0, 1, 2].map((axis) => {
    const sum = new Map<string, number>();
    const put = (exponents: number[], value: number): void => {
      if (value !== 0) sum.set(keyOf(exponents), (sum.get(keyOf(exponents)) ?? 0) + value);
    };
    for (const [key, value] of terms) {
      const exponents: readonly number[] = exponentsOf(key);
      const moved = (up: number, down: number): number[] =>
        exponents.map((n, i) => n + (i === up ? 1 : 0) - (i === down ? 1 : 0));
      for (let first = 0; first < exponents.length; first += 3) {
        const [y, z] = [first + ((axis + 1) % 3), first + ((axis + 2) % 3)];
        // m_y ∂_z − m_z ∂_y
        put(moved(y, z), value * exponents[z]);
        put(moved(z, y), -value * exponents[y]);
      }
    }
    return sum;
  });
  return [turned[0], turned[1], turned[2]];
}
