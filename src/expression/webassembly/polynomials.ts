import type { Code } from "./binary.ts";
import type { FunctionBuilder } from "./function.ts";
import { f32x4, shuffle, v128 } from "./instructions.ts";

/** A float constant in all lanes. */
export const number = (f: FunctionBuilder, value: number): Code => f.constant(f32x4.constant(value));
export const signBit = (f: FunctionBuilder): Code => f.constant(v128.words(0x80000000));

/** x·y + z. */
export const multiplyAdd = (f: FunctionBuilder, x: Code, y: Code, z: Code): Code =>
  f.relaxed ? f32x4.multiplyAdd(x, y, z) : f32x4.add(f32x4.multiply(x, y), z);

/** A polynomial by Horner's rule, highest coefficient first. */
export function horner(f: FunctionBuilder, x: Code, coefficients: readonly number[]): Code {
  const [highest, ...rest] = coefficients.map((value) => number(f, value));
  return rest.reduce((sum, coefficient) => multiplyAdd(f, sum, x, coefficient), highest);
}

/** Lanes 2 and 3 moved to 0 and 1. */
export const upperHalf = (x: Code): Code =>
  shuffle(x, x, [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]);
/** Lanes 0 and 1 of x, then lanes 0 and 1 of y. */
export const joinHalves = (x: Code, y: Code): Code =>
  shuffle(x, y, [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]);

export const absolute = (f: FunctionBuilder, x: Code): Code => v128.andNot(x, signBit(f));
export const signOf = (f: FunctionBuilder, x: Code): Code => v128.and(x, signBit(f));
