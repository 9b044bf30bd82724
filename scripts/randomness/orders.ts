import { chunkLength } from "../../src/ensemble/kernel.ts";
import { sfc32 } from "../../src/random/sfc32.ts";
import { drawing, seedStream } from "../../src/random/streams.ts";

/** Writes the next words of an endless sequence into an array. */
export type Words = (into: Uint32Array) => void;

/**
 * Words per chunk for dyadic variates, which draw fewest: the generator is then seeded most often, which is its hardest
 * use.
 */
const perChunk = (chunkLength * drawing.dyadic.words) / drawing.dyadic.steps;

/** One word after the other as `next` gives them. */
const each = (next: () => number): Words => {
  return (into) => {
    for (let i = 0; i < into.length; i++) into[i] = next();
  };
};

/** The words of streams one after the other, `length` of each; `seeded` starts the k-th. */
function streams(length: number, seeded: (state: Uint32Array, k: number) => void): Words {
  const state = new Uint32Array(4);
  let [k, left] = [0, 0];
  return each(() => {
    if (left === 0) {
      seeded(state, k++);
      left = length;
    }
    left--;
    return sfc32(state);
  });
}

/** One word of each of many streams in turn, as neighbours draw them in the same step. */
function side(count: number, seeded: (state: Uint32Array, k: number, round: number) => void): Words {
  const states = Array.from({ length: count }, () => new Uint32Array(4));
  let [round, word, at] = [0, 0, 0];
  return each(() => {
    if (word === 0) seeded(states[at], at, round);
    const value = sfc32(states[at]);
    if (++at === count) {
      at = 0;
      if (++word === perChunk) [word, round] = [0, round + 1];
    }
    return value;
  });
}

/**
 * The same words in orders in which they could be correlated: those of a spin, of its neighbours, and of adjacent
 * seeds.
 */
export const orders: Readonly<Record<string, (seed: number) => Words>> = {
  "one spin, chunk after chunk": (seed) => streams(perChunk, (state, k) => seedStream(state, seed, 7, k)),
  "neighbouring spins, step by step": (seed) =>
    side(1024, (state, spin, chunk) => seedStream(state, seed, spin, chunk)),
  "first words of spins": (seed) => streams(1, (state, k) => seedStream(state, seed, k, 0)),
  "first words of chunks": (seed) => streams(1, (state, k) => seedStream(state, seed, 0, k)),
  "first words of seeds": (seed) => streams(1, (state, k) => seedStream(state, (seed + k) >>> 0, 0, 0)),
  "neighbouring seeds, step by step": (seed) =>
    side(64, (state, k, chunk) => seedStream(state, (seed + k) >>> 0, 0, chunk)),
};
