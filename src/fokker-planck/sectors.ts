import { bandwidths, factorBanded, solveBanded, solveBandedTransposed } from "../linear-algebra/banded-lu.ts";
import {
  factorBlockTridiagonal,
  solveBlockTridiagonal,
  solveBlockTridiagonalTransposed,
} from "../linear-algebra/block-tridiagonal-lu.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { combine, submatrix } from "../linear-algebra/sparse.ts";

/** Unknowns that couple among themselves only, in an order of small bandwidth. */
export interface Sector {
  readonly unknowns: Int32Array;
  /** Level (order m) of each unknown, descending along the sector. */
  readonly levels: Int32Array;
}

/** How unknowns are sorted: by level from high to low, inside a level by rank. */
export interface Ordering {
  readonly level: ArrayLike<number>;
  readonly rank: ArrayLike<number>;
}

/** Connected components of a matrix's graph. `skip` leaves one unknown out (the conserved total). */
export function sectors(matrix: SparseMatrix, { level, rank }: Ordering, skip = -1): Sector[] {
  const parent = Int32Array.from({ length: matrix.rows }, (_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (let i = 0; i < matrix.rows; i++)
    for (let k = matrix.starts[i]; k < matrix.starts[i + 1]; k++) {
      const j = matrix.indices[k];
      if (i !== skip && j !== skip && matrix.values[k] !== 0) parent[root(i)] = root(j);
    }
  const members = new Map<number, number[]>();
  for (let i = 0; i < matrix.rows; i++) {
    if (i === skip) continue;
    const list = members.get(root(i));
    if (list) list.push(i);
    else members.set(root(i), [i]);
  }
  return [...members.values()].map((list) => {
    list.sort((a, b) => level[b] - level[a] || rank[a] - rank[b] || a - b);
    return { unknowns: Int32Array.from(list), levels: Int32Array.from(list, (i) => level[i]) };
  });
}

/** A factored sector matrix A: solves in place. */
export interface SectorSolver {
  readonly matrix: SparseMatrix;
  solve(b: Float64Array): void;
  solveTransposed(b: Float64Array): void;
}

/** The sector's own matrix, scale·A + diagonal·1. */
export function sectorMatrix(matrix: SparseMatrix, sector: Sector, scale = 1, diagonal = 0): SparseMatrix {
  const own = submatrix(matrix, sector.unknowns);
  return scale === 1 && diagonal === 0 ? own : combine([{ matrix: own, scale }], diagonal);
}

/** Factors a matrix on a sector: banded where the band is narrow, else block tridiagonal by levels. */
export function factorSector(matrix: SparseMatrix, { levels }: Sector): SectorSolver {
  const { lower, upper } = bandwidths(matrix);
  const bounds = blockBounds(matrix, levels);
  const block = bounds.slice(1).reduce((size, bound, i) => Math.max(size, bound - bounds[i]), 0);
  if (2 * lower + upper < 0.5 * block || matrix.rows < 8) {
    const factor = factorBanded(matrix);
    return {
      matrix,
      solve: (b) => solveBanded(factor, b),
      solveTransposed: (b) => solveBandedTransposed(factor, b),
    };
  }
  const factor = factorBlockTridiagonal(matrix, bounds);
  return {
    matrix,
    solve: (b) => solveBlockTridiagonal(factor, b),
    solveTransposed: (b) => solveBlockTridiagonalTransposed(factor, b),
  };
}

/** Ranges of consecutive levels merged until each couples to its neighbours only. */
function blockBounds(matrix: SparseMatrix, levels: Int32Array): number[] {
  const starts = [0];
  for (let i = 1; i < levels.length; i++) if (levels[i] !== levels[i - 1]) starts.push(i);
  const place = new Int32Array(levels.length);
  for (let i = 1, step = 0; i < levels.length; i++) place[i] = levels[i] === levels[i - 1] ? step : ++step;
  let reach = 1;
  for (let i = 0; i < matrix.rows; i++)
    for (let k = matrix.starts[i]; k < matrix.starts[i + 1]; k++)
      reach = Math.max(reach, Math.abs(place[i] - place[matrix.indices[k]]));
  // the last levels (small m) are the largest: groups are counted from the end so that a short one is first
  const bounds: number[] = [];
  for (let i = starts.length - reach; i > 0; i -= reach) bounds.unshift(starts[i]);
  return [0, ...bounds, levels.length];
}
