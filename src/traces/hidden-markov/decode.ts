import type { BinnedTrace } from "./binned.ts";
import { pointsAt } from "./flow-grid.ts";
import { overlappingWindows } from "./overlapping-windows.ts";
import type { Prepared } from "./prepared.ts";
import { smooth } from "./smooth.ts";
import type { Telegraph } from "./telegraph.ts";
import { leaving } from "./telegraph.ts";

/** Number of samples that are decoded at once, and of samples on either side that are read with them. */
const window = 8192;

/** Sufficient number of samples on either side: five of the longest mean dwell times. */
export function decodeMargin(telegraph: Telegraph, sampleTime: number): number {
  const slowest = Math.max(...telegraph.levels.map((_, s) => 1 / leaving(telegraph, s)));
  return Math.min(4096, Math.ceil((5 * slowest) / sampleTime));
}

/** Takes the probabilities (up to a factor) of the grid's points at sample n of the trace; `inWindow` counts from the window's first sample. */
type Reader = (n: number, probability: Float64Array, inWindow: number) => void;

/**
 * The most likely level of every sample given its neighbourhood: forward and backward algorithm in windows that overlap
 * by `margin` samples, which must be several dwell times.
 */
export function decode(prepared: Prepared, trace: BinnedTrace, margin: number): Uint8Array {
  const levels = new Uint8Array(trace.bins.length);
  const { starts } = prepared.grid;
  readAll(prepared, trace, margin, (n, probability) => {
    levels[n] = likeliest(probability, starts);
  });
  return levels;
}

/** The mean of the output without noise at every sample, given its neighbourhood; `margin` as for `decode`. */
export function expectedOutput(
  prepared: Prepared,
  telegraph: Telegraph,
  trace: BinnedTrace,
  margin: number,
): Float64Array {
  const { grid } = prepared;
  const points = Array.from({ length: grid.phases }, (_, phase) => pointsAt(grid, telegraph, phase));
  const expected = new Float64Array(trace.bins.length);
  readAll(prepared, trace, margin, (n, probability, inWindow) => {
    const at = points[(inWindow + 1) % grid.phases];
    let [sum, first] = [0, 0];
    for (let i = 0; i < at.length; i++) {
      sum += probability[i];
      first += probability[i] * at[i];
    }
    expected[n] = first / sum;
  });
  return expected;
}

function readAll(prepared: Prepared, trace: BinnedTrace, margin: number, read: Reader): void {
  for (const { from, end, first, last } of overlappingWindows(trace, window, margin))
    smooth(prepared, trace.bins.subarray(first, last), (n, probability) => {
      if (first + n >= from && first + n < end) read(first + n, probability, n);
    });
}

function likeliest(probability: Float64Array, starts: readonly number[]): number {
  let [best, most] = [0, -1];
  for (let s = 0; s + 1 < starts.length; s++) {
    let p = 0;
    for (let i = starts[s]; i < starts[s + 1]; i++) p += probability[i];
    if (p > most) [best, most] = [s, p];
  }
  return best;
}
