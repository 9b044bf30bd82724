import type { ForwardStep } from "../../expression/webassembly/forward-step.ts";
import { denseTables, kernelFor } from "./dense-tables.ts";
import type { Prepared } from "./prepared.ts";

/**
 * Takes the probabilities (up to a factor) of the grid's points at sample n given all samples; the array is overwritten
 * afterwards.
 */
type Reader = (n: number, probability: Float64Array) => void;

/** The law of the points at every sample given all samples, the last sample first: forward and backward algorithm. */
export function smooth(prepared: Prepared, bins: Uint16Array, read: Reader): void {
  const kernel = kernelFor(prepared);
  if (kernel) smoothInWebAssembly(prepared, kernel, bins, read);
  else smoothInJavaScript(prepared, bins, read);
}

export function smoothInWebAssembly(
  prepared: Prepared,
  kernel: ForwardStep,
  bins: Uint16Array,
  read: Reader,
): void {
  const { size, phases } = prepared.grid;
  const { memory, padded, matrixOf, weightOf, free } = denseTables(prepared, kernel, bins.length + 3, true);
  const weightAt = (n: number): number => weightOf((n + 1) % phases, bins[n]);
  // the start, the law after each sample, and two rows for the backward pass
  const lawAfter = (n: number): number => free + (n + 1) * padded;
  memory.set(prepared.start, free);
  let scale = 1;
  for (let n = 0; n < bins.length; n++)
    scale = 1 / kernel.step(lawAfter(n - 1), lawAfter(n), matrixOf(n % phases), weightAt(n), padded, scale);
  const both = new Float64Array(size);
  // for each point the probability of its sample and all after it
  let [ahead, before] = [lawAfter(bins.length), lawAfter(bins.length + 1)];
  memory.copyWithin(ahead, weightAt(bins.length - 1), weightAt(bins.length - 1) + padded);
  scale = 1;
  for (let n = bins.length - 1; n >= 0; n--) {
    const [law, weight] = [lawAfter(n), weightAt(n)];
    for (let i = 0; i < size; i++) both[i] = (memory[law + i] * memory[ahead + i]) / memory[weight + i];
    read(n, both);
    if (n === 0) break;
    scale = 1 / kernel.step(ahead, before, matrixOf(n % phases, true), weightAt(n - 1), padded, scale);
    [ahead, before] = [before, ahead];
  }
}

export function smoothInJavaScript(
  { grid, steps, emissions, start }: Prepared,
  bins: Uint16Array,
  read: Reader,
): void {
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
  const both = new Float64Array(size);
  let backward = new Float64Array(size).fill(1);
  for (let n = bins.length - 1; n >= 0; n--) {
    for (let i = 0; i < size; i++) both[i] = forward[n * size + i] * backward[i];
    read(n, both);
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
}
