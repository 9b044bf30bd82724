import type { Column, Filling, Kernel, PrepareOptions, Snapshot, Tally } from "./kernel.ts";
import { gathered } from "./tally.ts";

export type { Column, Snapshot } from "./kernel.ts";

/** Number of counters of one tally. */
export const amountsOf = (tally: Tally): number => (tally.kind === "bins" ? tally.bins : 2);

/** Counters at zero. */
export const nothingCounted = (kernel: Kernel): BigUint64Array[] =>
  gathered(kernel).map((tally) => new BigUint64Array(amountsOf(tally)));

/** Converts float64 counters, which are whole numbers, to the form of a snapshot. */
export const exactly = (counters: readonly Float64Array[]): BigUint64Array[] =>
  counters.map((counter) => BigUint64Array.from(counter, BigInt));

export const inFloat64 = (counted: readonly BigUint64Array[]): Float64Array[] =>
  counted.map((counter) => Float64Array.from(counter, Number));

/** Throws RangeError if a snapshot does not belong to this kernel. */
function requireFit({ state, parameters, counted, step }: Snapshot, kernel: Kernel): void {
  const wanted = nothingCounted(kernel);
  const fits =
    Number.isSafeInteger(step) &&
    step >= 0 &&
    state.length === kernel.state.length &&
    parameters.length === kernel.parameters.length &&
    [...state, ...parameters].every((column) => column.length === kernel.spins) &&
    counted.length === wanted.length &&
    counted.every((counter, i) => counter.length === wanted[i].length);
  if (!fits) throw new RangeError("the snapshot belongs to another ensemble");
}

/** The start of an ensemble: its filling at step 0, or the snapshot in its options. */
export function startOf(
  kernel: Kernel,
  filling: Filling,
  { snapshot }: PrepareOptions,
): { filling: Filling; step: number; counted: readonly BigUint64Array[] } {
  if (!snapshot) return { filling, step: 0, counted: nothingCounted(kernel) };
  requireFit(snapshot, kernel);
  const part = (columns: readonly Column[], first: number, count: number): Float64Array[] =>
    columns.map((column) => Float64Array.from(column.subarray(first, first + count)));
  return {
    filling: (first, count) => ({
      state: part(snapshot.state, first, count),
      parameters: part(snapshot.parameters, first, count),
    }),
    step: snapshot.step,
    counted: snapshot.counted,
  };
}
