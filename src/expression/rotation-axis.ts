import type { Expression } from "./expression.ts";
import { add, mul, neg, variablesOf } from "./expression.ts";
import { signedKeys } from "./signed-key.ts";
import type { Monomials, VectorNames } from "./sphere-polynomial.ts";
import { spherePolynomial, torqueOf } from "./sphere-polynomial.ts";
import { magnetization } from "./vector.ts";

/** A linear equation row · u = 0. Rows are scaled so that the largest number among those of the same function of time is 1. */
export type AxisEquation = readonly [number, number, number];

/**
 * Equations for a symmetry axis u of a function of m: at every value of its other variables, a rotation about a u that obeys all of them
 * does not change the function. They follow from the form of the expression: from the coefficients of polynomials in m, separately for
 * each function of time, and from the arguments of other functions. They may be too strict if the symmetry exists only by an identity
 * between such functions. Other unit vectors may rotate together with m: `vectors` names the components of all.
 */
export function axisEquations(
  of: Expression,
  vectors: readonly VectorNames[] = [magnetization],
): AxisEquation[] {
  const keys = signedKeys();
  const components = vectors.flat();
  const turns = (node: Expression): boolean => {
    const names = variablesOf(node);
    return components.some((name) => names.has(name));
  };
  const equations: AxisEquation[] = [];
  const done = new Set<Expression>();
  const visit = (node: Expression): void => {
    if (done.has(node) || !turns(node)) return;
    done.add(node);
    const groups = spherePolynomial(node, keys, vectors);
    if (groups) {
      for (const group of groups) equations.push(...equationsOf(group));
      return;
    }
    const { parts, join } = partsOf(node);
    const plain = join ? parts.filter((part) => spherePolynomial(part, keys, vectors) !== undefined) : [];
    // take polynomial terms or factors together: each alone may have less symmetry
    if (join && plain.length > 0) visit(join(...plain));
    for (const part of parts) if (!plain.includes(part)) visit(part);
  };
  visit(of);
  return equations;
}

/** The terms of a sum or the factors of a product, with the function that joins them again, or the operands of any other function. */
function partsOf(node: Expression): {
  parts: readonly Expression[];
  join?: (...parts: Expression[]) => Expression;
} {
  const terms = termsOf(node);
  if (terms.length > 1) return { parts: terms, join: add };
  const factors = factorsOf(node);
  if (factors.length > 1) return { parts: factors, join: mul };
  return { parts: node.kind === "apply" ? node.operands : [] };
}

export function termsOf(node: Expression): Expression[] {
  if (node.kind !== "apply") return [node];
  const [x, y] = node.operands;
  if (node.operator === "add") return [...termsOf(x), ...termsOf(y)];
  if (node.operator === "sub") return [...termsOf(x), ...termsOf(y).map((term) => neg(term))];
  return node.operator === "neg" ? termsOf(x).map((term) => neg(term)) : [node];
}

function factorsOf(node: Expression): Expression[] {
  if (node.kind !== "apply") return [node];
  if (node.operator === "mul") return node.operands.flatMap(factorsOf);
  return node.operator === "neg" ? factorsOf(node.operands[0]) : [node];
}

/** A torque this small, relative to its polynomial, counts as zero up to rounding. */
const rounding = 1e-14;

/** The torque u · (m×∇f) must vanish: one equation for each monomial, scaled so that the largest number is 1. */
function equationsOf(group: Monomials): AxisEquation[] {
  const [x, y, z] = torqueOf(group);
  const keys = new Set([...x.keys(), ...y.keys(), ...z.keys()]);
  const rows = [...keys].map((key): AxisEquation => [x.get(key) ?? 0, y.get(key) ?? 0, z.get(key) ?? 0]);
  const size = Math.max(0, ...rows.flat().map(Math.abs));
  const whole = Math.max(0, ...[...group.values()].map(Math.abs));
  return size <= rounding * whole
    ? []
    : rows.map(([a, b, c]): AxisEquation => [a / size, b / size, c / size]);
}
