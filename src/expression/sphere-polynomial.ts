import type { Expression } from "./expression.ts";
import { linearForm } from "./linear-form.ts";
import { degreeOf, degreeOfKey, exponentsOf, keyOf, polynomial } from "./polynomial.ts";
import type { SignedKey } from "./signed-key.ts";

/** Numbers by the exponents "i,j,k" of mx, my, mz. */
export type Monomials = ReadonlyMap<string, number>;

/**
 * A polynomial in m on the sphere, as one homogeneous polynomial for each parity and each function of time that its
 * coefficients are made of: two of them are the same function of m on the sphere exactly where all numbers agree, because lower
 * degrees have been multiplied by powers of m·m = 1. Undefined where the expression is no polynomial in m.
 */
export function spherePolynomial(
  of: Expression,
  keys: (node: Expression) => SignedKey,
): Monomials[] | undefined {
  const terms = polynomial(of);
  if (!terms) return undefined;
  const groups = new Map<string, Map<string, number>>();
  for (const [key, coefficient] of terms)
    for (const [time, { factor, of }] of linearForm(coefficient, keys)) {
      const group = `${time} ${degreeOfKey(key) % 2}`;
      const known = groups.get(group) ?? new Map<string, number>();
      groups.set(group, known);
      // one function, one sign
      known.set(key, (known.get(key) ?? 0) + factor * keys(of).sign);
    }
  return [...groups.values()].map(homogeneous);
}

/** Lower degrees times m·m until all have the highest degree. */
function homogeneous(terms: Monomials): Monomials {
  const top = degreeOf(terms);
  let waiting = new Map(terms);
  const done = new Map<string, number>();
  while (waiting.size > 0) {
    const next = new Map<string, number>();
    for (const [key, value] of waiting)
      if (degreeOfKey(key) === top) done.set(key, (done.get(key) ?? 0) + value);
      else
        for (const axis of [0, 1, 2]) {
          const raised = exponentsOf(key);
          raised[axis] += 2;
          next.set(keyOf(raised), (next.get(keyOf(raised)) ?? 0) + value);
        }
    waiting = next;
  }
  return done;
}

/** The components of m×∇f, each by its monomials. */
export function torqueOf(terms: Monomials): [Monomials, Monomials, Monomials] {
  const turned = [0, 1, 2].map((axis) => {
    const [y, z] = [(axis + 1) % 3, (axis + 2) % 3];
    const sum = new Map<string, number>();
    const put = (exponents: number[], value: number): void => {
      if (value !== 0) sum.set(keyOf(exponents), (sum.get(keyOf(exponents)) ?? 0) + value);
    };
    for (const [key, value] of terms) {
      // m_y ∂_z − m_z ∂_y
      const exponents = exponentsOf(key);
      const moved = (up: number, down: number): number[] =>
        exponents.map((n, i) => n + (i === up ? 1 : 0) - (i === down ? 1 : 0));
      put(moved(y, z), value * exponents[z]);
      put(moved(z, y), -value * exponents[y]);
    }
    return sum;
  });
  return [turned[0], turned[1], turned[2]];
}
