import type { Expression, Operand } from "./expression.ts";
import { add, div, mul, sqrt, sub, toExpression, variable } from "./expression.ts";
import { substitute } from "./rewrite.ts";

/** Three expressions: a vector in space. */
export type Vector = readonly [Expression, Expression, Expression];

/** Names of the components of a macrospin. */
export const magnetization: readonly [string, string, string] = ["mx", "my", "mz"];

/** The same names one by one, for conditions and texts. */
export const [mx, my, mz]: readonly [string, string, string] = magnetization;

/** A vector of three variables with these names. */
export const variables = ([x, y, z]: readonly string[]): Vector => [variable(x), variable(y), variable(z)];

/** The unit magnetization, as variables. */
export const m: Vector = variables(magnetization);

/** Formulas in m with another vector in its place. */
export const at = <Roots extends readonly Expression[]>(
  of: Roots,
  v: Vector,
): { [K in keyof Roots]: Expression } =>
  substitute(of, Object.fromEntries(magnetization.map((name, i) => [name, v[i]])));

/** A vector from its three components. */
export const vector = (x: Operand, y: Operand, z: Operand): Vector => [
  toExpression(x),
  toExpression(y),
  toExpression(z),
];

/** Applies a function to each component. */
export const map = (a: Vector, f: (x: Expression, i: number) => Expression): Vector => [
  f(a[0], 0),
  f(a[1], 1),
  f(a[2], 2),
];
/** a + b. */
export const plus = (a: Vector, b: Vector): Vector => map(a, (x, i) => add(x, b[i]));
/** a − b. */
export const minus = (a: Vector, b: Vector): Vector => map(a, (x, i) => sub(x, b[i]));
/** s a, for a scalar s. */
export const scale = (s: Operand, a: Vector): Vector => map(a, (x) => mul(s, x));
/** a · b. */
export const dot = (a: Vector, b: Vector): Expression =>
  add(mul(a[0], b[0]), mul(a[1], b[1]), mul(a[2], b[2]));
/** a × b. */
export const cross = (a: Vector, b: Vector): Vector => [
  sub(mul(a[1], b[2]), mul(a[2], b[1])),
  sub(mul(a[2], b[0]), mul(a[0], b[2])),
  sub(mul(a[0], b[1]), mul(a[1], b[0])),
];
/** a / |a|, for a ≠ 0. */
export const normalized = (a: Vector): Vector => {
  const length = sqrt(dot(a, a));
  return map(a, (x) => div(x, length));
};

/** Components of m m in the order in which results list them: xx, yy, zz, xy, xz, yz. */
export const pairs: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 1],
  [2, 2],
  [0, 1],
  [0, 2],
  [1, 2],
];
