import type { Expression } from "./expression.ts";
import { add, mul, neg, variablesOf } from "./expression.ts";
import { signedKeys } from "./signed-key.ts";
import type { Monomials, VectorNames } from "./sphere-polynomial.ts";
import { spherePolynomial, torqueOf } from "./sphere-polynomial.ts";
import { magnetization } from "./vector.ts";

/** A linear equation row · u = 0, its largest companion of the same function of time brought to one. */
export type AxisEquation = readonly [number, number, number];

/**
 * Equations for an axis u around which a function of m may be turned without a change, at every value of its other variables: a
 * u that obeys all of them is such an axis. They come from the form of the expression: polynomials in m by their
 * coefficients, function of time by function of time; other functions by what they are functions of. Of expressions that
 * have an axis only by an identity between such functions the equations may be too strict. Other unit vectors may turn together with m:
 * `vectors` names the components of all.
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
    // polynomial terms or factors count together: apart they may have less symmetry
    if (join && plain.length > 0) visit(join(...plain));
    for (const part of parts) if (!plain.includes(part)) visit(part);
  };
  visit(of);
  return equations;
}

/** Terms of a sum, factors of a product with what joins them again, or the operands of any other function. */
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

/** A torque this small beside the polynomial that it comes from is what rounding leaves of none. */
const rounding = 1e-14;

/** What is left of the torque m×∇f: one equation for each monomial, the largest number brought to one. */
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
