import type { Kernel } from "./kernel.ts";

/** What one holder of the spins [first, first + count) needs to put copies into its places. */
export interface Copying {
  /** The places here that get another spin. */
  readonly places: Uint32Array;
  /** For each of them the place here that it copies, or −1 − k for the k-th of `foreign`. */
  readonly sources: Int32Array;
  /** Numbers of spins held elsewhere, each once. */
  readonly foreign: Uint32Array;
  /** Whether no place that is copied gets another spin itself, so that copies may be made in any order. */
  readonly staying: boolean;
}

/** Spins that finish make others change places, so an index would not say which spin is copied. */
export function refuseFinished(kernel: Kernel): void {
  if (kernel.finished) throw new Error("spins of a kernel that lets them finish cannot be copied");
}

/** Throws a RangeError unless there is one number of a spin for every spin. */
export function checkIndices(indices: Uint32Array, spins: number): void {
  if (indices.length !== spins)
    throw new RangeError(`one index for each of ${spins} spins is needed, got ${indices.length}`);
  for (let place = 0; place < spins; place++)
    if (indices[place] >= spins) throw new RangeError(`there is no spin ${indices[place]} among ${spins}`);
}

let room: Pick<Copying, "places" | "sources"> = { places: new Uint32Array(), sources: new Int32Array() };

/** Arrays of that length at least, the same ones again and again: new ones take longer than what is written to them. */
function roomFor(count: number) {
  if (room.places.length < count) room = { places: new Uint32Array(count), sources: new Int32Array(count) };
  return room;
}

/** Indices over the whole ensemble as one holder sees them. */
export function copyingOf(indices: Uint32Array, first: number, count: number): Copying {
  const { places, sources } = roomFor(count);
  const known = new Map<number, number>();
  let moved = 0;
  for (let place = 0; place < count; place++) {
    let source = indices[first + place] - first;
    if (source < 0 || source >= count) {
      const number = known.get(source) ?? known.size;
      known.set(source, number);
      source = -1 - number;
    }
    // written in any case, and counted by the sign bit: a branch here would often be mispredicted
    places[moved] = place;
    sources[moved] = source;
    const differs = source ^ place;
    moved += (differs | -differs) >>> 31;
  }
  let staying = true;
  for (let i = 0; i < moved && staying; i++)
    staying = sources[i] < 0 || indices[first + sources[i]] === first + sources[i];
  return {
    places: places.slice(0, moved),
    sources: sources.slice(0, moved),
    foreign: Uint32Array.from(known.keys(), (source) => source + first),
    staying,
  };
}

/** One column after the other with its values in their new places; `foreign` holds those of spins elsewhere. */
export function copied<Column extends Float64Array | Float32Array>(
  columns: readonly Column[],
  { places, sources }: Pick<Copying, "places" | "sources">,
  foreign: readonly ArrayLike<number>[],
): Column[] {
  return columns.map((column, k) => {
    const next = column.slice() as Column;
    for (let i = 0; i < places.length; i++)
      next[places[i]] = sources[i] >= 0 ? column[sources[i]] : foreign[k][-1 - sources[i]];
    return next;
  });
}

/** Which of the foreign spins lie in [first, end). */
export const heldBy = (foreign: Uint32Array, first: number, end: number): number[] =>
  [...foreign.keys()].filter((k) => foreign[k] >= first && foreign[k] < end);
