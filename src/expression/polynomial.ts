import type { Expression } from "./expression.ts";
import { add, constant, constantValue, div, mul, neg, sub, variablesOf } from "./expression.ts";
import { magnetization } from "./vector.ts";

/** A polynomial in mx, my, mz (or other variables): coefficients free of them by the exponents "i,j,k". */
export type Polynomial = ReadonlyMap<string, Expression>;

/** The exponents of mx, my, mz that a key stands for. */
export const exponentsOf = (key: string): [number, number, number] =>
  key.split(",").map(Number) as [number, number, number];
export const keyOf = (exponents: readonly number[]): string => exponents.join(",");
export const degreeOfKey = (key: string): number => exponentsOf(key).reduce((sum, n) => sum + n, 0);
/** The highest degree of any term; 0 where there is none. */
export const degreeOf = (terms: ReadonlyMap<string, unknown>): number =>
  Math.max(0, ...[...terms.keys()].map(degreeOfKey));

const combine = (
  a: Polynomial,
  b: Polynomial,
  join: (x: Expression, y: Expression) => Expression,
): Polynomial => {
  const sum = new Map(a);
  for (const [key, value] of b) sum.set(key, join(sum.get(key) ?? constant(0), value));
  return sum;
};

const product = (a: Polynomial, b: Polynomial): Polynomial => {
  const result = new Map<string, Expression>();
  for (const [p, x] of a)
    for (const [q, y] of b) {
      const exponents: readonly number[] = exponentsOf(q);
      const key = keyOf(exponentsOf(p).map((n, i) => n + exponents[i]));
      result.set(key, add(result.get(key) ?? constant(0), mul(x, y)));
    }
  return result;
};

const scaled = (a: Polynomial, f: (x: Expression) => Expression): Polynomial =>
  new Map([...a].map(([key, value]) => [key, f(value)]));

/** An expression as a polynomial in mx, my, mz or in variables of other names; undefined if it is not a polynomial. */
export function polynomial(of: Expression, names: readonly string[] = magnetization): Polynomial | undefined {
  const free = keyOf(names.map(() => 0));
  const done = new Map<Expression, Polynomial | undefined>();
  const walk = (node: Expression): Polynomial | undefined => {
    if (!done.has(node)) done.set(node, expand(node));
    return done.get(node);
  };
  const expand = (node: Expression): Polynomial | undefined => {
    const own = variablesOf(node);
    if (!names.some((name) => own.has(name))) return new Map([[free, node]]);
    if (node.kind === "variable")
      return new Map([[keyOf(names.map((name) => (name === node.name ? 1 : 0))), constant(1)]]);
    if (node.kind !== "apply") return undefined;
    const parts = node.operands.map(walk);
    if (parts.some((part) => part === undefined)) return undefined;
    const [a, b] = parts as Polynomial[];
    if (node.operator === "add") return combine(a, b, add);
    if (node.operator === "sub") return combine(a, b, sub);
    if (node.operator === "mul") return product(a, b);
    if (node.operator === "neg") return scaled(a, neg);
    const divisor = node.operator === "div" && b.size === 1 ? b.get(free) : undefined;
    return divisor && scaled(a, (x) => div(x, divisor));
  };
  const result = walk(of);
  return result && new Map([...result].filter(([, value]) => constantValue(value) !== 0));
}
