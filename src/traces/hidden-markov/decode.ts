import type { BinnedTrace } from "./binned.ts";
import type { Prepared } from "./likelihood.ts";

/** Samples that are decoded at once, and those on either side that are read with them. */
const window = 8192;

/**
 * The likeliest level of every sample given the whole neighbourhood: forward and backward algorithm in windows that
 * overlap by `margin` samples, which must be several dwell times.
 */
export function decode(prepared: Prepared, trace: BinnedTrace, margin: number): Uint8Array {
  const levels = new Uint8Array(trace.bins.length);
  const edges = [0, ...trace.breaks, trace.bins.length];
  for (let piece = 0; piece + 1 < edges.length; piece++)
    for (let from = edges[piece]; from < edges[piece + 1]; from += window) {
      const end = Math.min(edges[piece + 1], from + window);
      const first = Math.max(edges[piece], from - margin);
      const last = Math.min(edges[piece + 1], end + margin);
      levels.set(
        smooth(prepared, trace.bins.subarray(first, last)).subarray(from - first, end - first),
        from,
      );
    }
  return levels;
}

function smooth({ grid, steps, emissions, start }: Prepared, bins: Uint16Array): Uint8Array {
  const { size, phases } = grid;
  const forward = new Float64Array(bins.length * size);
  let now: Float64Array = start;
  for (let n = 0; n < bins.length; n++) {
    const { starts, from, probability } = steps[n % phases];
    const emission = emissions[(n + 1) % phases];
    const next = forward.subarray(n * size, (n + 1) * size);
    let sum = 0;
    for (let i = 0; i < size; i++) {
      let p = 0;
      for (let e = starts[i]; e < starts[i + 1]; e++) p += now[from[e]] * probability[e];
      sum += next[i] = p * emission[bins[n] * size + i];
    }
    for (let i = 0; i < size; i++) next[i] /= sum;
    now = next;
  }
  const levels = new Uint8Array(bins.length);
  let backward = new Float64Array(size).fill(1);
  for (let n = bins.length - 1; n >= 0; n--) {
    levels[n] = likeliest(forward.subarray(n * size, (n + 1) * size), backward, grid.starts);
    const { starts, from, probability } = steps[n % phases];
    const emission = emissions[(n + 1) % phases];
    const before = new Float64Array(size);
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const p = backward[i] * emission[bins[n] * size + i];
      for (let e = starts[i]; e < starts[i + 1]; e++) before[from[e]] += p * probability[e];
    }
    for (let i = 0; i < size; i++) sum += before[i];
    for (let i = 0; i < size; i++) before[i] /= sum;
    backward = before;
  }
  return levels;
}

function likeliest(forward: Float64Array, backward: Float64Array, starts: readonly number[]): number {
  let [best, most] = [0, -1];
  for (let s = 0; s + 1 < starts.length; s++) {
    let p = 0;
    for (let i = starts[s]; i < starts[s + 1]; i++) p += forward[i] * backward[i];
    if (p > most) [best, most] = [s, p];
  }
  return best;
}
