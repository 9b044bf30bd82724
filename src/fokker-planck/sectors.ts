import { webAssemblyKernels } from "../expression/webassembly/elimination.ts";
import { bandwidths, factorBanded, solveBanded, solveBandedTransposed } from "../linear-algebra/banded-lu.ts";
import {
  factorBlockTridiagonal,
  solveBlockTridiagonal,
  solveBlockTridiagonalTransposed,
} from "../linear-algebra/block-tridiagonal-lu.ts";
import { requireAffordable } from "../linear-algebra/interruption.ts";
import type { Room } from "../linear-algebra/room.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { combine, infinityNorm, multiply, submatrix } from "../linear-algebra/sparse.ts";
import type { LinearSolver } from "../linear-algebra/sparse-solver.ts";
import { factorPlanned, planFor, useKernels } from "../linear-algebra/sparse-solver.ts";

/** Unknowns that couple only to each other, in an order of small bandwidth. */
export interface Sector {
  readonly unknowns: Int32Array;
  /** Level (order m) of each unknown, descending along the sector, and rank (degree l), ascending in a level. */
  readonly levels: Int32Array;
  readonly ranks: Int32Array;
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
    return {
      unknowns: Int32Array.from(list),
      levels: Int32Array.from(list, (i) => level[i]),
      ranks: Int32Array.from(list, (i) => rank[i]),
    };
  });
}

/** A factored sector matrix A. Both methods solve in place, for `count` right-hand sides stored one after the other in b. */
export interface SectorSolver extends LinearSolver {
  readonly matrix: SparseMatrix;
  /** Multiplications of the factorization, and the numbers that it stores. */
  readonly operations: number;
  readonly stored: number;
}

/** The sector's own matrix, scale·A + diagonal·1. */
export function sectorMatrix(matrix: SparseMatrix, sector: Sector, scale = 1, diagonal = 0): SparseMatrix {
  const own = submatrix(matrix, sector.unknowns);
  return scale === 1 && diagonal === 0 ? own : combine([{ matrix: own, scale }], diagonal);
}

/** Speed of the kernels that follow a plan, relative to those of blocks. */
const kernelSpeed = 5;
/** Seconds per multiplication of a factorization that follows a plan. */
export const factoringSeconds = 0.5e-9;
/** Sectors of fewer unknowns are factored without a plan. */
const small = 200;
useKernels(webAssemblyKernels);

/**
 * Factors a matrix on a sector: banded if the band is narrow; else by nested dissection over (level, rank), or block tridiagonal by levels
 * if that takes less work (for bases whose ranks all couple). A solver whose factors are in `room` is valid until that memory is used
 * again.
 */
export function factorSector(matrix: SparseMatrix, { levels, ranks }: Sector, room?: Room): SectorSolver {
  const { lower, upper } = bandwidths(matrix);
  const bounds = blockBounds(matrix, levels);
  const blocks = bounds.slice(1).map((bound, i) => bound - bounds[i]);
  if (2 * lower + upper < 0.5 * Math.max(...blocks) || matrix.rows < 8) {
    const factor = factorBanded(matrix);
    const width = lower + upper;
    return columnwise(
      matrix,
      { operations: matrix.rows * lower * width, stored: matrix.rows * (lower + width) },
      (b) => solveBanded(factor, b),
      (b) => solveBandedTransposed(factor, b),
    );
  }
  // cost of a block: its own elimination and the solution for its coupling to the next
  const blockwise = blocks.reduce((sum, n, i) => sum + n ** 3 / 3 + n * n * (blocks[i + 1] ?? 0), 0);
  if (matrix.rows >= small) {
    const plan = planFor(matrix, [levels, ranks]);
    if (plan.operations < kernelSpeed * blockwise) {
      requireAffordable(factoringSeconds * plan.operations);
      const solver = factorPlanned(matrix, plan, room);
      if (isAccurate(matrix, solver))
        return { matrix, operations: plan.operations, stored: plan.stored, ...solver };
    }
  }
  requireAffordable(factoringSeconds * kernelSpeed * blockwise);
  const factor = factorBlockTridiagonal(matrix, bounds);
  return columnwise(
    matrix,
    { operations: blockwise, stored: blocks.reduce((sum, n) => sum + n * n, 0) },
    (b) => solveBlockTridiagonal(factor, b),
    (b) => solveBlockTridiagonalTransposed(factor, b),
  );
}

/** Checks a solution against its equations: pivoting inside fronts is nearly always accurate, but not always. */
function isAccurate(matrix: SparseMatrix, solver: LinearSolver): boolean {
  const b = Float64Array.from({ length: matrix.rows }, (_, i) => Math.sin(1 + 1.7 * i));
  const x = b.slice();
  solver.solve(x);
  const residual = multiply(matrix, x, new Float64Array(b.length)).reduce(
    (size, value, i) => Math.max(size, Math.abs(value - b[i])),
    0,
  );
  const size = x.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  return residual <= 1e-11 * infinityNorm(matrix) * size;
}

/** A solver that solves one right-hand side after the other. */
function columnwise(
  matrix: SparseMatrix,
  cost: { readonly operations: number; readonly stored: number },
  solve: (b: Float64Array) => void,
  solveTransposed: (b: Float64Array) => void,
): SectorSolver {
  const each =
    (one: (b: Float64Array) => void) =>
    (b: Float64Array): void => {
      for (let from = 0; from < b.length; from += matrix.rows) one(b.subarray(from, from + matrix.rows));
    };
  return { matrix, ...cost, solve: each(solve), solveTransposed: each(solveTransposed) };
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
  // the last levels (small m) are the largest: groups are formed from the end, so that a short one comes first
  const bounds: number[] = [];
  for (let i = starts.length - reach; i > 0; i -= reach) bounds.unshift(starts[i]);
  return [0, ...bounds, levels.length];
}
