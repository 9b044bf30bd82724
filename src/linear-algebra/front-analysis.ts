import { throwIfInterrupted } from "./interruption.ts";
import type { Elimination, Pattern } from "./nested-dissection.ts";
import type { SparseMatrix } from "./sparse.ts";

/**
 * One front: unknowns first … first+pivots−1 in order of elimination, and the later ones that they couple
 * to.
 */
export interface FrontPlan {
  readonly first: number;
  readonly pivots: number;
  /** Later unknowns, ascending, in order of elimination. */
  readonly border: Int32Array;
  /** pivots + border, and the distance of rows in memory. */
  readonly size: number;
  readonly stride: number;
  /** Entries of A that this front adds: their places in A's arrays and in the front. */
  readonly entries: Int32Array;
  readonly places: Int32Array;
  /** Fronts whose Schur complements this front adds, and the places of their border unknowns in it. */
  readonly children: readonly number[];
  readonly maps: readonly Int32Array[];
  /** Places of the front's L, U and swaps in the stored factor. */
  readonly upper: number;
  readonly lower: number;
}

/** The part of a factorization that follows from the pattern alone. */
export interface FrontAnalysis {
  readonly n: number;
  /** The unknown at each place of the order of elimination. */
  readonly order: Int32Array;
  readonly fronts: readonly FrontPlan[];
  /** Numbers that the factor holds, and that the memory of fronts must hold. */
  readonly stored: number;
  readonly workspace: number;
  /** Multiplications and additions. */
  readonly operations: number;
}

/** Makes rows a few numbers longer if they would all start at the same few places of the cache. */
const strideFor = (size: number): number => {
  const even = size + (size & 1);
  return even % 32 === 0 ? even + 2 : even;
};

/** Plans the multifrontal factorization (Duff & Reid 1983) for the pattern of A + Aᵀ (`pattern`) and an order of elimination. */
export function analyseFronts(
  matrix: SparseMatrix,
  pattern: Pattern,
  elimination: Elimination,
): FrontAnalysis {
  const n = matrix.rows;
  const groups: { unknowns: Int32Array; children: number[] }[] = [];
  const visit = ({ unknowns, parts }: Elimination): number => {
    const children = parts.map(visit);
    return groups.push({ unknowns, children }) - 1;
  };
  visit(elimination);
  const order = new Int32Array(n);
  const place = new Int32Array(n);
  let placed = 0;
  for (const { unknowns } of groups)
    for (const i of unknowns) {
      order[placed] = i;
      place[i] = placed++;
    }
  const graph: Graph = {
    matrix,
    byColumn: entriesByColumn(matrix),
    pattern,
    place,
  };
  const fronts: FrontPlan[] = [];
  const within = new Int32Array(n).fill(-1);
  let [first, stored, workspace, operations, below] = [0, 0, 0, 0, 0];
  for (const { unknowns, children } of groups) {
    throwIfInterrupted();
    const pivots = unknowns.length;
    const inherited = children.map((child) => fronts[child].border);
    const border = borderOf(unknowns, first + pivots, graph, inherited);
    const size = pivots + border.length;
    const stride = strideFor(size);
    for (let i = 0; i < pivots; i++) within[first + i] = i;
    border.forEach((later, i) => {
      within[later] = pivots + i;
    });
    fronts.push({
      first,
      pivots,
      border,
      size,
      stride,
      ...entriesOf(graph, unknowns, first, within, stride),
      children,
      maps: inherited.map((later) => later.map((i) => within[i])),
      upper: stored,
      lower: stored + pivots * size,
    });
    stored += pivots * (size + border.length);
    operations += workOf(pivots, size);
    // the front lies above the waiting Schur complements; its own replaces those of its children
    workspace = Math.max(workspace, below + 1 + size * stride);
    for (const later of inherited) below -= later.length ** 2;
    below += border.length ** 2;
    first += pivots;
  }
  return { n, order, fronts, stored, workspace, operations };
}

/** Σ over pivots of the square of the number of unknowns left. */
function workOf(pivots: number, size: number): number {
  const cubes = (k: number) => (k * (k + 1) * (2 * k + 1)) / 6;
  return cubes(size - 1) - cubes(size - pivots - 1);
}

interface Graph {
  readonly matrix: SparseMatrix;
  readonly byColumn: ColumnEntries;
  readonly pattern: Pattern;
  /** Place of each unknown in the order of elimination. */
  readonly place: Int32Array;
}

/** Places from `after` on that a group or one of its children couples to. */
function borderOf(
  unknowns: Int32Array,
  after: number,
  { pattern, place }: Graph,
  inherited: readonly Int32Array[],
): Int32Array {
  const touched = new Set<number>();
  for (const later of inherited) for (const i of later) if (i >= after) touched.add(i);
  for (const i of unknowns)
    for (let k = pattern.starts[i]; k < pattern.starts[i + 1]; k++) {
      const j = place[pattern.indices[k]];
      if (j >= after) touched.add(j);
    }
  return Int32Array.from(touched).sort();
}

interface ColumnEntries {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  /** Place of the entry in the arrays of the matrix by rows. */
  readonly entries: Int32Array;
}

function entriesByColumn({ rows, columns, starts, indices }: SparseMatrix): ColumnEntries {
  const next = new Int32Array(columns + 1);
  for (const column of indices) next[column + 1]++;
  for (let i = 0; i < columns; i++) next[i + 1] += next[i];
  const out = {
    starts: next.slice(),
    rows: new Int32Array(indices.length),
    entries: new Int32Array(indices.length),
  };
  for (let i = 0; i < rows; i++)
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const to = next[indices[k]]++;
      out.rows[to] = i;
      out.entries[to] = k;
    }
  return out;
}

/** Entries whose row or column is eliminated in this front and whose other index is not eliminated before. */
function entriesOf(
  { matrix, byColumn, place }: Graph,
  unknowns: Int32Array,
  first: number,
  within: Int32Array,
  stride: number,
): { entries: Int32Array; places: Int32Array } {
  const after = first + unknowns.length;
  let count = 0;
  for (const i of unknowns)
    count += matrix.starts[i + 1] - matrix.starts[i] + byColumn.starts[i + 1] - byColumn.starts[i];
  const entries = new Int32Array(count);
  const places = new Int32Array(count);
  let filled = 0;
  for (const i of unknowns) {
    const own = within[place[i]];
    for (let k = matrix.starts[i]; k < matrix.starts[i + 1]; k++) {
      const column = place[matrix.indices[k]];
      if (column < first) continue;
      entries[filled] = k;
      places[filled++] = own * stride + within[column];
    }
    for (let k = byColumn.starts[i]; k < byColumn.starts[i + 1]; k++) {
      const row = place[byColumn.rows[k]];
      if (row < after) continue;
      entries[filled] = byColumn.entries[k];
      places[filled++] = within[row] * stride + own;
    }
  }
  return { entries: entries.slice(0, filled), places: places.slice(0, filled) };
}
