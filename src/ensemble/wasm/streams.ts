import type { Code } from "../../expression/webassembly/binary.ts";
import { logarithm } from "../../expression/webassembly/exponential.ts";
import type { FunctionBuilder } from "../../expression/webassembly/function.ts";
import { f32x4, i32x4, i64x2, shuffle, v128 } from "../../expression/webassembly/instructions.ts";
import { number, signBit } from "../../expression/webassembly/polynomials.ts";
import { quadrant, sineCosine } from "../../expression/webassembly/trigonometric.ts";
import { purpose } from "../../random/streams.ts";
import { dyadicLarge, dyadicSmall } from "../../random/variates.ts";

/* The noise of src/random for four spins at once; the same known answers test it. */

export type Words = readonly [Code, Code, Code, Code];

const word = (f: FunctionBuilder, value: number): Code => f.constant(v128.words(value));

/** High and low halves of the products of unsigned lanes with one number. */
function wideProduct(f: FunctionBuilder, x: Code, factor: number): { high: Code; low: Code } {
  const lower = f.keep(i64x2.productLowUnsigned(x, word(f, factor)));
  const upper = f.keep(i64x2.productHighUnsigned(x, word(f, factor)));
  return {
    high: shuffle(lower, upper, [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31]),
    low: shuffle(lower, upper, [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]),
  };
}

/** Philox4x32. Words of the key that are known only at run time are given as vectors. */
export function philox(
  f: FunctionBuilder,
  counter: Words,
  key: readonly (number | Code)[],
  rounds: number,
): Words {
  let [c0, c1, c2, c3] = counter;
  const weyl = [0x9e3779b9, 0xbb67ae85];
  const roundKey = (i: number, round: number): Code => {
    const bump = Math.imul(weyl[i], round) >>> 0;
    const own = key[i];
    return typeof own === "number" ? word(f, (own + bump) >>> 0) : i32x4.add(own, word(f, bump));
  };
  for (let round = 0; round < rounds; round++) {
    const first = wideProduct(f, c0, 0xd2511f53);
    const second = wideProduct(f, c2, 0xcd9e8d57);
    [c0, c1, c2, c3] = [
      f.keep(v128.xor(v128.xor(second.high, c1), roundKey(0, round))),
      f.keep(second.low),
      f.keep(v128.xor(v128.xor(first.high, c3), roundKey(1, round))),
      f.keep(first.low),
    ];
  }
  return [c0, c1, c2, c3];
}

/** State of the stream of each spin at the start of a chunk. */
export const seedStreams = (f: FunctionBuilder, spins: Code, chunk: Code, seed: number | Code): Words =>
  philox(f, [spins, chunk, word(f, 0), word(f, 0)], [seed, purpose.noise], 7);

/** The next word. */
export const nextWord = (f: FunctionBuilder, [a, b, , d]: Words): Code =>
  f.keep(i32x4.add(i32x4.add(a, b), d));

/** One draw: the word and the state after it. */
export function sfc32(
  f: FunctionBuilder,
  words: Words,
  draw = nextWord(f, words),
): { draw: Code; next: Words } {
  const [, b, c, d] = words;
  const rotated = v128.or(i32x4.shiftLeft(c, 21), i32x4.shiftRight(c, 11));
  const next: Words = [
    f.keep(v128.xor(b, i32x4.shiftRight(b, 9))),
    f.keep(i32x4.add(c, i32x4.shiftLeft(c, 3))),
    f.keep(i32x4.add(rotated, draw)),
    f.keep(i32x4.add(d, word(f, 1))),
  ];
  return { draw, next };
}

const floatBits = (value: number): number => new Uint32Array(new Float32Array([value]).buffer)[0];

/**
 * The dyadic variate of four bits of a word, `shift` bits up, times a scale. With the four bits at the top of the word, the lower three
 * are subtracted from the bits of the large value. If they are zero the large value remains; otherwise the result is below the small
 * value. So the larger of result and small value is the magnitude.
 */
export function dyadic(f: FunctionBuilder, draw: Code, shift: number, scale = 1): Code {
  const [large, small] = [dyadicLarge, dyadicSmall].map((value) => floatBits(Math.abs(scale) * value));
  const top = f.keep(i32x4.shiftLeft(draw, 28 - shift));
  const lowered = i32x4.subtract(word(f, large), v128.and(top, word(f, 0x70000000)));
  const magnitude = i32x4.maximumSigned(lowered, word(f, small));
  const sign = scale < 0 ? v128.andNot(signBit(f), top) : v128.and(top, signBit(f));
  return f.keep(v128.or(magnitude, sign));
}

/** Two Gaussian variates of two words (Box–Muller). */
export function gaussianPair(f: FunctionBuilder, first: Code, second: Code): [Code, Code] {
  const unit = number(f, 2 ** -24);
  const uniform = f32x4.add(f32x4.convert(i32x4.shiftRight(first, 8)), number(f, 0.5));
  const square = f32x4.multiply(number(f, -2), logarithm(f, f32x4.multiply(uniform, unit)));
  const radius = f.keep(f32x4.sqrt(square));
  // whole quarter turns are split off exactly
  const quarters = f.keep(f32x4.multiply(f32x4.convert(i32x4.shiftRight(second, 8)), number(f, 2 ** -22)));
  const whole = f.keep(f32x4.nearest(quarters));
  const angle = f32x4.multiply(f32x4.subtract(quarters, whole), number(f, Math.PI / 2));
  const parts = sineCosine(f, angle);
  const turn = f.keep(i32x4.truncate(whole));
  const ahead = i32x4.add(turn, word(f, 1));
  return [
    f.keep(f32x4.multiply(radius, quadrant(f, ahead, parts))),
    f.keep(f32x4.multiply(radius, quadrant(f, turn, parts))),
  ];
}
