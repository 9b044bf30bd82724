import type { Kernel, Tally } from "../kernel.ts";
import { gathered } from "../tally.ts";

/*
 * Memory of one worker: a scratch area for the present tile, the counters, then the tiles. A tile is a block of 64 spins with all its
 * variables and parameters, column after column; it stays in the first-level cache for a whole chunk of steps.
 */

export const lanes = 4;
export const vectorBytes = 16;
export const vectorsPerTile = 16;
export const spinsPerTile: number = lanes * vectorsPerTile;
/** One variable of one tile. */
export const columnBytes: number = vectorBytes * vectorsPerTile;

/**
 * Bytes from the address of a vector in the first column to the numbers of the same spins, if spins may change places; undefined if a
 * spin's place is its number.
 */
export const numbersOf = (kernel: Kernel): number | undefined =>
  kernel.finished && (kernel.state.length + kernel.parameters.length) * columnBytes;

/**
 * Memory of one tally: an i64 per bin, and a spare one for lanes that are not counted; or an i64x2 whose lanes add up to the sum, and an
 * i64 count.
 */
export interface Counter {
  readonly tally: Tally;
  readonly address: number;
}

export const counterBytes = (tally: Tally): number =>
  tally.kind === "bins" ? 16 * Math.ceil((tally.bins + 1) / 2) : 32;

export interface Layout {
  /** Four columns: the words of the noise streams. */
  readonly streams: number;
  /** A column of lane masks: all ones where there is a spin. */
  readonly present: number;
  /** Columns of values that depend on parameters only. */
  readonly derived: number;
  /** In the order of `gathered`. */
  readonly watch: readonly Counter[];
  readonly views: ReadonlyMap<string, readonly Counter[]>;
  readonly tiles: number;
  readonly tileBytes: number;
}

export const rangeOf = (counters: readonly Counter[]): { address: number; bytes: number } => ({
  address: counters.length > 0 ? counters[0].address : 0,
  bytes: counters.reduce((sum, { tally }) => sum + counterBytes(tally), 0),
});

export function layOut(kernel: Kernel, derivedColumns: number): Layout {
  let free = 0;
  const take = (bytes: number): number => {
    const address = free;
    free += bytes;
    return address;
  };
  const streams = take(4 * columnBytes);
  const present = take(columnBytes);
  const derived = take(derivedColumns * columnBytes);
  const place = (tallies: readonly Tally[]): Counter[] =>
    tallies.map((tally) => ({ tally, address: take(counterBytes(tally)) }));
  const watch = place(gathered(kernel));
  const views = new Map(Object.entries(kernel.views).map(([name, tallies]) => [name, place(tallies)]));
  const tiles = Math.ceil(free / 64) * 64;
  const columns = kernel.state.length + kernel.parameters.length + (kernel.finished ? 1 : 0);
  const tileBytes = columns * columnBytes;
  return { streams, present, derived, watch, views, tiles, tileBytes };
}
