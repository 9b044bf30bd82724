import type { EliminationKernels } from "./elimination-kernels.ts";
import type { FrontAnalysis, FrontPlan } from "./front-analysis.ts";
import { eliminateFront } from "./front-elimination.ts";
import { throwIfInterrupted } from "./interruption.ts";
import type { Room } from "./room.ts";
import type { SparseMatrix } from "./sparse.ts";

/** Length below which a loop copies faster than a call of `set`. */
const shortRow = 32;

/** PA = LU of a sparse matrix, front by front. */
export interface SparseFactor {
  readonly analysis: FrontAnalysis;
  /** For each front the rows of its pivots (L₁₁ below U₁₁, then U₁₂), then L₂₁; rows contiguous. */
  readonly entries: Float64Array;
  /** Rows swapped inside fronts, counted from the front's first. */
  readonly swaps: Int32Array;
}

/**
 * Multifrontal LU of a matrix with the analysed pattern. Rows are swapped inside fronts only; the error is
 * that of partial pivoting as long as no front is nearly singular in its own rows. Throws
 * `SingularMatrixError` if one is. A factor in a room is lost when the room is used again.
 */
export function factorSparse(
  matrix: SparseMatrix,
  analysis: FrontAnalysis,
  kernels: EliminationKernels,
  room?: Room,
): SparseFactor {
  const entries = room?.take(analysis.stored) ?? new Float64Array(analysis.stored);
  const swaps = new Int32Array(analysis.n);
  const memory = kernels.reserve(analysis.workspace, analysis.n);
  // Schur complements of fronts wait at the bottom of the memory until their parent adds them
  let waiting = 0;
  for (const plan of analysis.fronts) {
    throwIfInterrupted();
    const at = waiting + (waiting & 1);
    const { size, stride, pivots, first } = plan;
    memory.fill(0, at, at + size * stride);
    for (let k = 0; k < plan.entries.length; k++)
      memory[at + plan.places[k]] += matrix.values[plan.entries[k]];
    for (let c = plan.children.length - 1; c >= 0; c--) {
      waiting -= plan.maps[c].length ** 2;
      kernels.addScattered(at, waiting, plan.maps[c], stride);
    }
    eliminateFront(kernels, { memory, at, size, stride, pivots }, swaps.subarray(first, first + pivots));
    store(memory, at, plan, entries);
    const rest = size - pivots;
    kernels.compact(waiting, at + pivots * (stride + 1), rest, stride);
    waiting += rest * rest;
  }
  return { analysis, entries, swaps };
}

function store(
  memory: Float64Array,
  at: number,
  { pivots, size, stride, upper, lower }: FrontPlan,
  out: Float64Array,
): void {
  for (let i = 0; i < pivots; i++) {
    const from = at + i * stride;
    out.set(memory.subarray(from, from + size), upper + i * size);
  }
  for (let i = pivots; i < size; i++) {
    const from = at + i * stride;
    const to = lower + (i - pivots) * pivots;
    if (pivots > shortRow) out.set(memory.subarray(from, from + pivots), to);
    else for (let j = 0; j < pivots; j++) out[to + j] = memory[from + j];
  }
}
