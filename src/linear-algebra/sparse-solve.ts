import type { FrontAnalysis } from "./front-analysis.ts";
import { throwIfInterrupted } from "./interruption.ts";
import type { SparseFactor } from "./sparse-lu.ts";

/** Rows of a triangle that are solved one by one; the block beside them is a matrix–vector product. */
const narrow = 8;

/** Solves AX = B in place for `count` right-hand sides, one after the other in b. */
export function solveSparse(factor: SparseFactor, b: Float64Array, count = 1): void {
  throwIfInterrupted();
  const { analysis, entries: a, swaps } = factor;
  const x = ordered(analysis, b, count);
  const { n, fronts } = analysis;
  const later = (scratch.later = roomFor(scratch.later, n));
  for (const { first, pivots, border, size, upper, lower } of fronts)
    for (let start = first; start < n * count; start += n) {
      for (let i = 0; i < pivots; i++) swap(x, start + i, start + swaps[first + i]);
      for (let from = 0; from < pivots; from += narrow) {
        const to = Math.min(from + narrow, pivots);
        subtractRows(x, start + from, a, upper + from * size, size, to - from, from, x, start);
        for (let i = from + 1; i < to; i++) x[start + i] -= dot(a, upper + i * size, x, start, from, i);
      }
      later.fill(0, 0, border.length);
      subtractRows(later, 0, a, lower, pivots, border.length, pivots, x, start);
      const shift = start - first;
      for (let i = 0; i < border.length; i++) x[shift + border[i]] += later[i];
    }
  for (let f = fronts.length - 1; f >= 0; f--) {
    const { first, pivots, border, size, upper } = fronts[f];
    for (let start = first; start < n * count; start += n) {
      const shift = start - first;
      for (let i = 0; i < border.length; i++) later[i] = x[shift + border[i]];
      subtractRows(x, start, a, upper + pivots, size, pivots, border.length, later, 0);
      for (let to = pivots; to > 0; ) {
        const from = Math.max(0, to - narrow);
        const beside = upper + from * size + to;
        subtractRows(x, start + from, a, beside, size, to - from, pivots - to, x, start + to);
        for (let i = to - 1; i >= from; i--) {
          const row = upper + i * size;
          x[start + i] = (x[start + i] - dot(a, row, x, start, i + 1, to)) / a[row + i];
        }
        to = from;
      }
    }
  }
  restore(analysis, x, b, count);
}

/** Solves AᵀX = B in place for `count` right-hand sides, one after the other in b. */
export function solveSparseTransposed(factor: SparseFactor, b: Float64Array, count = 1): void {
  throwIfInterrupted();
  const { analysis, entries: a, swaps } = factor;
  const x = ordered(analysis, b, count);
  const { n, fronts } = analysis;
  const later = (scratch.later = roomFor(scratch.later, n));
  for (const { first, pivots, border, size, upper } of fronts)
    for (let start = first; start < n * count; start += n) {
      for (let from = 0; from < pivots; from += narrow) {
        const to = Math.min(from + narrow, pivots);
        for (let i = from; i < to; i++) {
          const row = upper + i * size;
          x[start + i] /= a[row + i];
          subtractColumns(x, start + i + 1, a, row + i + 1, size, 1, to - i - 1, x, start + i);
        }
        const beside = upper + from * size + to;
        subtractColumns(x, start + to, a, beside, size, to - from, pivots - to, x, start + from);
      }
      later.fill(0, 0, border.length);
      subtractColumns(later, 0, a, upper + pivots, size, pivots, border.length, x, start);
      const shift = start - first;
      for (let i = 0; i < border.length; i++) x[shift + border[i]] += later[i];
    }
  for (let f = fronts.length - 1; f >= 0; f--) {
    const { first, pivots, border, size, upper, lower } = fronts[f];
    for (let start = first; start < n * count; start += n) {
      const shift = start - first;
      for (let i = 0; i < border.length; i++) later[i] = x[shift + border[i]];
      subtractColumns(x, start, a, lower, pivots, border.length, pivots, later, 0);
      for (let to = pivots; to > 0; ) {
        const from = Math.max(0, to - narrow);
        for (let i = to - 1; i > from; i--)
          subtractColumns(x, start + from, a, upper + i * size + from, size, 1, i - from, x, start + i);
        subtractColumns(x, start, a, upper + from * size, size, to - from, from, x, start + from);
        to = from;
      }
      for (let i = pivots - 1; i >= 0; i--) swap(x, start + i, start + swaps[first + i]);
    }
  }
  restore(analysis, x, b, count);
}

/**
 * Work space of a solution, kept from one to the next: thousands of solutions would burden the garbage
 * collector.
 */
const scratch = { ordered: new Float64Array(0), later: new Float64Array(0) };

const roomFor = (kept: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> =>
  kept.length >= size && kept.length <= 4 * size ? kept : new Float64Array(size);

function ordered({ n, order }: FrontAnalysis, b: Float64Array, count: number): Float64Array {
  const x = (scratch.ordered = roomFor(scratch.ordered, n * count));
  for (let start = 0; start < n * count; start += n)
    for (let i = 0; i < n; i++) x[start + i] = b[start + order[i]];
  return x;
}

function restore({ n, order }: FrontAnalysis, x: Float64Array, b: Float64Array, count: number): void {
  for (let start = 0; start < n * count; start += n)
    for (let i = 0; i < n; i++) b[start + order[i]] = x[start + i];
}

function swap(x: Float64Array, i: number, j: number): void {
  const kept = x[i];
  x[i] = x[j];
  x[j] = kept;
}

/** Σ of row·x over from … to−1. */
function dot(a: Float64Array, row: number, x: Float64Array, start: number, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += a[row + k] * x[start + k];
  return sum;
}

/** Subtracts from numbers of `out` at `target` a product of the rows×columns block of `a` at `at` with those of `x` at `source`. */
type BlockProduct = (
  out: Float64Array,
  target: number,
  a: Float64Array,
  at: number,
  stride: number,
  rows: number,
  columns: number,
  x: Float64Array,
  source: number,
) => void;

/** out −= A·x, four rows in one pass over x. */
const subtractRows: BlockProduct = (out, target, a, at, stride, rows, columns, x, source) => {
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const r0 = at + i * stride;
    const r1 = r0 + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < columns; k++) {
      const value = x[source + k];
      s0 += a[r0 + k] * value;
      s1 += a[r1 + k] * value;
      s2 += a[r2 + k] * value;
      s3 += a[r3 + k] * value;
    }
    out[target + i] -= s0;
    out[target + i + 1] -= s1;
    out[target + i + 2] -= s2;
    out[target + i + 3] -= s3;
  }
  for (; i < rows; i++) {
    const row = at + i * stride;
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += a[row + k] * x[source + k];
    out[target + i] -= sum;
  }
};

/** out −= Aᵀ·x, four rows of A in one pass over out. */
const subtractColumns: BlockProduct = (out, target, a, at, stride, rows, columns, x, source) => {
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const r0 = at + i * stride;
    const r1 = r0 + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    const x0 = x[source + i];
    const x1 = x[source + i + 1];
    const x2 = x[source + i + 2];
    const x3 = x[source + i + 3];
    for (let k = 0; k < columns; k++)
      out[target + k] -= x0 * a[r0 + k] + x1 * a[r1 + k] + (x2 * a[r2 + k] + x3 * a[r3 + k]);
  }
  for (; i < rows; i++) {
    const row = at + i * stride;
    const value = x[source + i];
    for (let k = 0; k < columns; k++) out[target + k] -= value * a[row + k];
  }
};
