import type { Kernel } from "./kernel.ts";

/** What one holder of spins (a worker, a block) needs to copy spins into the places [first, first + count). */
export interface Copying {
  /** The places of this holder that get another spin. */
  readonly places: Uint32Array;
  /** For each of them the place of this holder that it copies, or −1 − k for the k-th of `foreign`. */
  readonly sources: Int32Array;
  /** Numbers of the copied spins of other holders, each once. */
  readonly foreign: Uint32Array;
  /** Whether no copied place gets another spin itself, so that the order of copying does not matter. */
  readonly staying: boolean;
}

/** Refuses kernels whose spins finish: their spins change places, so that an index would not identify a spin. */
export function refuseFinished(kernel: Kernel): void {
  if (kernel.finished) throw new Error("spins of a kernel that lets them finish cannot be copied");
}

/** Throws a RangeError unless there is one valid index for every spin. */
export function checkIndices(indices: Uint32Array, spins: number): void {
  if (indices.length !== spins)
    throw new RangeError(`one index for each of ${spins} spins is needed, got ${indices.length}`);
  for (let place = 0; place < spins; place++)
    if (indices[place] >= spins) throw new RangeError(`there is no spin ${indices[place]} among ${spins}`);
}

let room: Pick<Copying, "places" | "sources"> = { places: new Uint32Array(), sources: new Int32Array() };

/** Reuses arrays of at least the given length: allocating takes longer than writing to them. */
function roomFor(count: number) {
  if (room.places.length < count) room = { places: new Uint32Array(count), sources: new Int32Array(count) };
  return room;
}

/** Translates indices over the whole ensemble into the copies of one holder. */
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
    // always write, and count by the sign bit: a branch here would often be mispredicted
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

/** The columns after copying; `foreign` has the values of spins of other holders. */
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

/** Those of the foreign spins that lie in [first, end). */
export const heldBy = (foreign: Uint32Array, first: number, end: number): number[] =>
  [...foreign.keys()].filter((k) => foreign[k] >= first && foreign[k] < end);
