import type { Filling, Kernel, PrepareOptions, Tally } from "./kernel.ts";
import { gathered } from "./tally.ts";

/** Values of one variable, spin after spin, in the precision of the backend. */
export type Column = Float32Array | Float64Array;

/**
 * Everything that an ensemble holds between two calls of `advance`. Noise is a pure function of (seed, spin, chunk of steps), so the
 * step is all there is to know of the random streams. An ensemble prepared from it goes on to the bit as the one it was taken of,
 * on the same backend with any number of threads.
 */
export interface Snapshot {
  readonly step: number;
  /** One column per state variable. */
  readonly state: readonly Column[];
  /** One column per parameter. */
  readonly parameters: readonly Column[];
  /** Counted since the last `collect`, in its order: the bins of a tally, or the sum on the grid and the number of values. */
  readonly counted: readonly BigUint64Array[];
}

/** Numbers that one tally counts with. */
export const amountsOf = (tally: Tally): number => (tally.kind === "histogram" ? tally.bins : 2);

/** Nothing counted yet. */
export const nothingCounted = (kernel: Kernel): BigUint64Array[] =>
  gathered(kernel).map((tally) => new BigUint64Array(amountsOf(tally)));

/** Counters in float64, whole numbers all, as a snapshot holds them. */
export const exactly = (counters: readonly Float64Array[]): BigUint64Array[] =>
  counters.map((counter) => BigUint64Array.from(counter, BigInt));

export const inFloat64 = (counted: readonly BigUint64Array[]): Float64Array[] =>
  counted.map((counter) => Float64Array.from(counter, Number));

/** Throws RangeError where a snapshot is not one of this kernel. */
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

/** What an ensemble begins with: as it is filled, or where the snapshot in its options was taken. */
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
