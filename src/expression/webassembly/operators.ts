import type { Operator } from "../expression.ts";
import type { Code } from "./binary.ts";
import { exponential, hyperbolicTangent, logarithm, logarithmOnePlus } from "./exponential.ts";
import type { FunctionBuilder } from "./function.ts";
import { f32x4, v128 } from "./instructions.ts";
import { absolute, signBit } from "./polynomials.ts";
import { arccosine, arcsine, arctangent2, cosine, sine } from "./trigonometric.ts";

/**
 * Every operator on four floats at once. Truth values are lane masks, all ones or all zeros. Operands may be read more than once, so they
 * must be constants or locals.
 */
export const operators: Record<Operator, (f: FunctionBuilder, ...operands: Code[]) => Code> = {
  add: (_, x, y) => f32x4.add(x, y),
  sub: (_, x, y) => f32x4.subtract(x, y),
  mul: (_, x, y) => f32x4.multiply(x, y),
  div: (_, x, y) => f32x4.divide(x, y),
  neg: (f, x) => v128.xor(x, signBit(f)),
  sqrt: (_, x) => f32x4.sqrt(x),
  sin: sine,
  cos: cosine,
  asin: arcsine,
  acos: arccosine,
  atan2: arctangent2,
  exp: exponential,
  log: logarithm,
  log1p: logarithmOnePlus,
  tanh: hyperbolicTangent,
  abs: absolute,
  floor: (_, x) => f32x4.floor(x),
  min: (_, x, y) => f32x4.minimum(x, y),
  max: (_, x, y) => f32x4.maximum(x, y),
  select: (_, condition, x, y) => v128.bitselect(x, y, condition),
  less: (_, x, y) => f32x4.less(x, y),
  lessEqual: (_, x, y) => f32x4.lessEqual(x, y),
  and: (_, x, y) => v128.and(x, y),
  or: (_, x, y) => v128.or(x, y),
  not: (_, x) => v128.not(x),
};
