import { throwIfInterrupted } from "./interruption.ts";
import type { SparseMatrix } from "./sparse.ts";

/** Unknowns that are eliminated together, after those of its children. */
export interface Elimination {
  readonly unknowns: Int32Array;
  readonly parts: readonly Elimination[];
}

/** Sets of at most this many unknowns are eliminated as one. */
const smallest = 32;
/** A separator larger than this share of the unknowns that it separates is not used. */
const thick = 0.5;

/**
 * Nested dissection by geometry (George 1973): a set is cut at the median of one of the integer
 * `coordinates`. The unknowns of one side that couple to the other become the separator, which is
 * eliminated last.
 */
export function nestedDissection(graph: Pattern, coordinates: readonly ArrayLike<number>[]): Elimination {
  const size = graph.starts.length - 1;
  const side = new Int8Array(size);
  const dissect = (unknowns: Int32Array): Elimination => {
    if (unknowns.length <= smallest) return { unknowns, parts: [] };
    throwIfInterrupted();
    let best: { coordinate: ArrayLike<number>; middle: number; of: number } | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    for (const coordinate of coordinates) {
      const middle = medianOf(unknowns, coordinate);
      if (middle === undefined) continue;
      const below = mark(unknowns, coordinate, middle, side);
      for (const of of [1, 2]) {
        const separator = separatorSize(unknowns, side, of, graph);
        const larger = Math.max(below, unknowns.length - below);
        // the cost of a separator is its third power; parts of unequal size need larger separators in turn
        const cost = separator ** 3 + larger ** 1.5;
        if (separator <= thick * unknowns.length && cost < lowest) {
          lowest = cost;
          best = { coordinate, middle, of };
        }
      }
      for (const i of unknowns) side[i] = 0;
    }
    if (!best) return { unknowns, parts: [] };
    mark(unknowns, best.coordinate, best.middle, side);
    const { separator, parts } = cut(unknowns, side, best.of, graph);
    for (const i of unknowns) side[i] = 0;
    return { unknowns: separator, parts: parts.filter(({ length }) => length > 0).map(dissect) };
  };
  return dissect(Int32Array.from({ length: size }, (_, i) => i));
}

/** Marks unknowns as side 1 (below the middle) or 2; returns how many are below. */
function mark(unknowns: Int32Array, coordinate: ArrayLike<number>, middle: number, side: Int8Array): number {
  let below = 0;
  for (const i of unknowns) {
    const low = coordinate[i] < middle;
    side[i] = low ? 1 : 2;
    if (low) below++;
  }
  return below;
}

function touches(i: number, side: Int8Array, other: number, { starts, indices }: Pattern): boolean {
  for (let k = starts[i]; k < starts[i + 1]; k++) if (side[indices[k]] === other) return true;
  return false;
}

function separatorSize(unknowns: Int32Array, side: Int8Array, of: number, graph: Pattern): number {
  let size = 0;
  for (const i of unknowns) if (side[i] === of && touches(i, side, 3 - of, graph)) size++;
  return size;
}

/** The unknowns of side `of` that couple to the other side, and the remaining unknowns of both. */
function cut(
  unknowns: Int32Array,
  side: Int8Array,
  of: number,
  graph: Pattern,
): { separator: Int32Array; parts: Int32Array[] } {
  const [separator, rest, others]: number[][] = [[], [], []];
  for (const i of unknowns)
    (side[i] !== of ? others : touches(i, side, 3 - of, graph) ? separator : rest).push(i);
  return { separator: Int32Array.from(separator), parts: [Int32Array.from(rest), Int32Array.from(others)] };
}

/** The value of the coordinate that cuts most evenly; undefined where all are equal. */
function medianOf(unknowns: Int32Array, coordinate: ArrayLike<number>): number | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const i of unknowns) {
    const value = coordinate[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low === high) return undefined;
  const counts = new Int32Array(high - low + 1);
  for (const i of unknowns) counts[coordinate[i] - low]++;
  let [below, best, middle] = [0, Number.POSITIVE_INFINITY, high];
  for (let value = low; value < high; value++) {
    below += counts[value - low];
    const imbalance = Math.abs(2 * below - unknowns.length);
    if (imbalance < best) [best, middle] = [imbalance, value + 1];
  }
  return middle;
}

/** Columns of each row's neighbours in A + Aᵀ, each once, without the row itself. */
export interface Pattern {
  readonly starts: Int32Array;
  readonly indices: Int32Array;
}

export function symmetricPattern({ rows, starts, indices }: SparseMatrix): Pattern {
  const counts = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++)
    for (let k = starts[i]; k < starts[i + 1]; k++)
      if (indices[k] !== i) {
        counts[i + 1]++;
        counts[indices[k] + 1]++;
      }
  for (let i = 0; i < rows; i++) counts[i + 1] += counts[i];
  const next = counts.slice();
  const both = new Int32Array(counts[rows]);
  for (let i = 0; i < rows; i++)
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const j = indices[k];
      if (j === i) continue;
      both[next[i]++] = j;
      both[next[j]++] = i;
    }
  const seen = new Int32Array(rows).fill(-1);
  const out = new Int32Array(rows + 1);
  let filled = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = counts[i]; k < counts[i + 1]; k++) {
      const j = both[k];
      if (seen[j] === i) continue;
      seen[j] = i;
      both[filled++] = j;
    }
    out[i + 1] = filled;
  }
  return { starts: out, indices: both.slice(0, filled) };
}
