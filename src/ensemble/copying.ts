import type { Kernel } from "./kernel.ts";

/** What one holder of the spins [first, first + count) needs to put copies into its places. */
export interface Copying {
  /** For each place here the place here that it copies, or −1 − k for the k-th of `foreign`. */
  readonly sources: Int32Array;
  /** Numbers of spins held elsewhere, each once. */
  readonly foreign: Uint32Array;
}

/** Where spins finish, they change their places: nobody could say what is copied where. */
export function refuseFinished(kernel: Kernel): void {
  if (kernel.finished) throw new Error("spins of a kernel that lets them finish cannot be copied");
}

/** Throws a RangeError unless there is one number of a spin for every spin. */
export function checkIndices(indices: Uint32Array, spins: number): void {
  if (indices.length !== spins)
    throw new RangeError(`one index for each of ${spins} spins is needed, got ${indices.length}`);
  for (const index of indices)
    if (index >= spins) throw new RangeError(`there is no spin ${index} among ${spins}`);
}

/** Indices over the whole ensemble as one holder sees them. */
export function copyingOf(indices: Uint32Array, first: number, count: number): Copying {
  const sources = new Int32Array(count);
  const places = new Map<number, number>();
  for (let place = 0; place < count; place++) {
    const index = indices[first + place];
    if (index >= first && index < first + count) {
      sources[place] = index - first;
      continue;
    }
    const known = places.get(index) ?? places.size;
    places.set(index, known);
    sources[place] = -1 - known;
  }
  return { sources, foreign: Uint32Array.from(places.keys()) };
}

/** One column after the other with its values in their new places; `foreign` holds those of spins elsewhere. */
export function copied<Column extends Float64Array | Float32Array>(
  columns: readonly Column[],
  sources: Int32Array,
  foreign: readonly ArrayLike<number>[],
): Column[] {
  return columns.map((column, k) => {
    const next = column.slice() as Column;
    for (let place = 0; place < sources.length; place++) {
      const source = sources[place];
      next[place] = source >= 0 ? column[source] : foreign[k][-1 - source];
    }
    return next;
  });
}

/** Which of the foreign spins lie in [first, end). */
export const heldBy = (foreign: Uint32Array, first: number, end: number): number[] =>
  [...foreign.keys()].filter((k) => foreign[k] >= first && foreign[k] < end);
