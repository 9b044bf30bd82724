import type { Code } from "./binary.ts";
import { float32Bytes, float64Bytes, signed, unsigned, wordBytes } from "./binary.ts";

/*
 * WebAssembly instructions as functions from the code of their operands to code, so that a sequence of
 * instructions reads like the formula it computes. Numbers are those of the specification's binary format.
 */

const plain =
  (opcode: number) =>
  (...operands: Code[]): Code => [...operands, opcode];
const simd =
  (opcode: number) =>
  (...operands: Code[]): Code => [...operands, 0xfd, unsigned(opcode)];
const lane =
  (opcode: number) =>
  (x: Code, index: number): Code => [x, 0xfd, unsigned(opcode), index];
/** `align` is the exponent of the alignment hint. */
const plainLoad =
  (opcode: number, align: number) =>
  (address: Code, offset = 0): Code => [address, opcode, align, unsigned(offset)];
const plainStore =
  (opcode: number, align: number) =>
  (address: Code, value: Code, offset = 0): Code => [address, value, opcode, align, unsigned(offset)];

export const i32 = {
  constant: (value: number): Code => [0x41, signed(value | 0)],
  load: plainLoad(0x28, 2),
  store: plainStore(0x36, 2),
  equalsZero: plain(0x45),
  lessUnsigned: plain(0x49),
  add: plain(0x6a),
  subtract: plain(0x6b),
  multiply: plain(0x6c),
  divideUnsigned: plain(0x6e),
  remainderUnsigned: plain(0x70),
  and: plain(0x71),
  or: plain(0x72),
  shiftLeft: plain(0x74),
  shiftRight: plain(0x76),
  xor: plain(0x73),
  /** The lower half of an i64. */
  wrap: plain(0xa7),
  populationCount: plain(0x69),
  /** x where the condition is not zero, else y. */
  select: (x: Code, y: Code, condition: Code): Code => [x, y, condition, 0x1b],
};

export const i64 = {
  constant: (value: number): Code => [0x42, signed(value)],
  load: plainLoad(0x29, 3),
  store: plainStore(0x37, 3),
  add: plain(0x7c),
  fromUnsigned: plain(0xad),
  /** Of an f64 between 0 and 2^64; others are a trap. */
  truncateUnsigned: plain(0xb1),
};

export const f32 = {
  constant: (value: number): Code => [0x43, float32Bytes(value)],
  demote: plain(0xb6),
};

export const f64 = {
  constant: (value: number): Code => [0x44, float64Bytes(value)],
  load: plainLoad(0x2b, 3),
  store: plainStore(0x39, 3),
  absolute: plain(0x99),
  nearest: plain(0x9e),
  greater: plain(0x64),
  add: plain(0xa0),
  subtract: plain(0xa1),
  multiply: plain(0xa2),
  fromUnsigned: plain(0xb8),
};

export const v128 = {
  /** The alignment is a hint. */
  load: (address: Code, offset = 0): Code => [address, 0xfd, 0, 4, unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, 0xfd, 11, 4, unsigned(offset)],
  /** Four equal words. */
  words: (word: number): Code => [0xfd, 12, wordBytes(word, word, word, word)],
  constant: (...words: [number, number, number, number]): Code => [0xfd, 12, wordBytes(...words)],
  not: simd(0x4d),
  and: simd(0x4e),
  /** x and not y. */
  andNot: simd(0x4f),
  or: simd(0x50),
  xor: simd(0x51),
  /** Bits of x where the mask is set, else of y. */
  bitselect: simd(0x52),
  anyTrue: simd(0x53),
};

/** Picks 16 bytes out of the 32 of x and y. */
export const shuffle = (x: Code, y: Code, bytes: readonly number[]): Code => [x, y, 0xfd, 13, ...bytes];

export const i32x4 = {
  splat: simd(0x11),
  extractLane: lane(0x1b),
  equal: simd(0x37),
  lessUnsigned: simd(0x3a),
  greaterSigned: simd(0x3b),
  bitmask: simd(0xa4),
  shiftLeft: (x: Code, bits: number): Code => simd(0xab)(x, i32.constant(bits)),
  shiftRightSigned: (x: Code, bits: number): Code => simd(0xac)(x, i32.constant(bits)),
  shiftRight: (x: Code, bits: number): Code => simd(0xad)(x, i32.constant(bits)),
  add: simd(0xae),
  subtract: simd(0xb1),
  multiply: simd(0xb5),
  minimumUnsigned: simd(0xb7),
  maximumSigned: simd(0xb8),
  /** NaN becomes 0; values out of range become the nearest in range. */
  truncate: simd(0xf8),
};

export const i64x2 = {
  add: simd(0xce),
  extendLowUnsigned: simd(0xc9),
  extendHighUnsigned: simd(0xca),
  /** 64-bit products of lanes 0 and 1, or 2 and 3. */
  productLowUnsigned: simd(0xde),
  productHighUnsigned: simd(0xdf),
};

export const f32x4 = {
  splat: simd(0x13),
  constant: (value: number): Code => {
    const bytes = float32Bytes(value);
    return [0xfd, 12, bytes, bytes, bytes, bytes];
  },
  equal: simd(0x41),
  less: simd(0x43),
  lessEqual: simd(0x45),
  floor: simd(0x68),
  nearest: simd(0x6a),
  sqrt: simd(0xe3),
  add: simd(0xe4),
  subtract: simd(0xe5),
  multiply: simd(0xe6),
  divide: simd(0xe7),
  /** One machine instruction each, unlike min and max; they return the second operand if one is NaN. */
  minimum: (x: Code, y: Code): Code => simd(0xea)(y, x),
  maximum: (x: Code, y: Code): Code => simd(0xeb)(y, x),
  convert: simd(0xfa),
  /** x·y + z, fused if the machine can (relaxed SIMD). */
  multiplyAdd: simd(0x105),
  /** z − x·y, fused if the machine can. */
  multiplySubtract: simd(0x106),
};

export const f64x2 = {
  constant: (value: number): Code => {
    const bytes = float64Bytes(value);
    return [0xfd, 12, bytes, bytes];
  },
  /** One number from memory into both lanes. */
  loadSplat: (address: Code, offset = 0): Code => [address, 0xfd, 0x0a, 3, unsigned(offset)],
  splat: simd(0x14),
  extractLane: lane(0x21),
  add: simd(0xf0),
  subtract: simd(0xf1),
  multiply: simd(0xf2),
  nearest: simd(0x94),
  /** Lanes 0 and 1 of an f32x4. */
  promoteLow: simd(0x5f),
  /** Whole numbers into lanes 0 and 1 of an i32x4; the others zero. */
  truncate: simd(0xfc),
  /** Into lanes 0 and 1; the others zero. */
  demote: simd(0x5e),
};
