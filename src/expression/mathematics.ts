/* The functions with which users write formulas in their own entries. */
export type { Expression, Operand } from "./expression.ts";
export {
  abs,
  acos,
  add,
  asin,
  atan2,
  constant,
  cos,
  div,
  exp,
  less,
  lessEqual,
  log,
  log1p,
  max,
  min,
  mul,
  neg,
  pow,
  select,
  sin,
  sqrt,
  square,
  sub,
  tanh,
  variable,
} from "./expression.ts";
export { parse } from "./parse.ts";
export type { Vector } from "./vector.ts";
export { cross, dot, m, minus, normalized, plus, scale, vector } from "./vector.ts";
