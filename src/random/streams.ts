import { philox4x32 } from "./philox.ts";
import { nextWord, sfc32 } from "./sfc32.ts";
import { dyadic, gaussianPair } from "./variates.ts";

/*
 * Noise is a pure function of (seed, spin, chunk, position in the chunk). Each chunk of 256 steps starts an
 * sfc32 stream from one Philox block, so a run can be cut into dispatches, shared out or resumed anywhere.
 * shaders/random.wgsl and the WebAssembly emitter follow the same rule; the same known answers test all
 * three.
 */

/** Second key word by purpose, so that streams for different purposes differ. */
export const purpose = {
  noise: 0x5eed,
  initial: 0x1a17,
  parameters: 0x9a4a,
  pilot: 0x9110,
  resampling: 0x5b1d,
  splitting: 0x4a2e,
  passage: 0xb41d,
  instrument: 0x15c0,
} as const;

/** The sfc32 state with which the stream of one spin's chunk begins. */
export function seedStream(
  state: Uint32Array,
  seed: number,
  spin: number,
  chunk: number,
  use: number = purpose.noise,
): void {
  philox4x32(state, spin, chunk, 0, 0, seed, use, 7);
}

/**
 * Number of words that so many steps draw. Two steps of dyadic variates share a word: an even step reads
 * twelve bits of the next word without drawing it; the odd step after it draws the word and reads twelve
 * more.
 */
export const drawing = {
  dyadic: { words: 1, steps: 2 },
  gaussian: { words: 4, steps: 1 },
  none: { words: 0, steps: 1 },
} as const;

/** The three variates of a step of a chunk, drawn from its stream. */
export function drawVariates(
  state: Uint32Array,
  law: "dyadic" | "gaussian" | "none",
  step: number,
): [number, number, number] {
  if (law === "none") return [0, 0, 0];
  if (law === "dyadic") {
    const word = step % 2 === 0 ? nextWord(state) : sfc32(state) >>> 12;
    return [dyadic(word), dyadic(word >>> 4), dyadic(word >>> 8)];
  }
  const [first, second, third, fourth] = [sfc32(state), sfc32(state), sfc32(state), sfc32(state)];
  const [x, y] = gaussianPair(first, second);
  return [x, y, gaussianPair(third, fourth)[0]];
}

/** Uniform in (0, 1) with 32 bits. */
export const uniform = (state: Uint32Array): number => (sfc32(state) + 0.5) / 0x100000000;

/** One standard Gaussian variate with 53-bit arithmetic; for initial states and spreads. */
export const normal = (state: Uint32Array): number =>
  Math.sqrt(-2 * Math.log(uniform(state))) * Math.cos(2 * Math.PI * uniform(state));
