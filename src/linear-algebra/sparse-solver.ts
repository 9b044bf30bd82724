import type { EliminationKernels } from "./elimination-kernels.ts";
import { plainKernels } from "./elimination-kernels.ts";
import type { FrontAnalysis } from "./front-analysis.ts";
import { analyseFronts } from "./front-analysis.ts";
import { nestedDissection, symmetricPattern } from "./nested-dissection.ts";
import type { Room } from "./room.ts";
import type { SparseMatrix } from "./sparse.ts";
import { factorSparse } from "./sparse-lu.ts";
import { solveSparse, solveSparseTransposed } from "./sparse-solve.ts";

/**
 * A factored matrix A. Both methods solve in place, for `count` right-hand sides, one after the other in b.
 */
export interface LinearSolver {
  solve(b: Float64Array, count?: number): void;
  solveTransposed(b: Float64Array, count?: number): void;
}

/** Plans of the last few shapes: every pole of an evolution and every sweep's point has the same pattern. */
const known: { matrix: SparseMatrix; coordinates: readonly ArrayLike<number>[]; analysis: FrontAnalysis }[] =
  [];
const kept = 12;

/** The plan of a nested dissection by these coordinates, from the last few where the pattern is the same. */
export function planFor(matrix: SparseMatrix, coordinates: readonly ArrayLike<number>[]): FrontAnalysis {
  const place = known.findIndex(
    (entry) =>
      equal(entry.matrix.starts, matrix.starts) &&
      equal(entry.matrix.indices, matrix.indices) &&
      entry.coordinates.length === coordinates.length &&
      entry.coordinates.every((values, i) => equal(values, coordinates[i])),
  );
  const entry =
    place >= 0 ? known.splice(place, 1)[0] : { matrix, coordinates, analysis: analysed(matrix, coordinates) };
  known.unshift(entry);
  if (known.length > kept) known.pop();
  return entry.analysis;
}

function analysed(matrix: SparseMatrix, coordinates: readonly ArrayLike<number>[]): FrontAnalysis {
  const pattern = symmetricPattern(matrix);
  return analyseFronts(matrix, pattern, nestedDissection(pattern, coordinates));
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

let kernels: EliminationKernels | undefined;
let fastKernels: () => EliminationKernels | undefined = () => undefined;

/**
 * Sets the kernels of all factorizations. They are compiled at the first one, so that work without a
 * factorization need not wait.
 */
export function useKernels(faster: () => EliminationKernels | undefined): void {
  fastKernels = faster;
}

/** Factors a matrix along a plan for its pattern, into a room if one is given. */
export function factorPlanned(matrix: SparseMatrix, plan: FrontAnalysis, room?: Room): LinearSolver {
  kernels ??= fastKernels() ?? plainKernels();
  const factor = factorSparse(matrix, plan, kernels, room);
  return {
    solve: (b, count) => solveSparse(factor, b, count),
    solveTransposed: (b, count) => solveSparseTransposed(factor, b, count),
  };
}
