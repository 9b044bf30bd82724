import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { RowSum } from "../linear-algebra/sparse.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicLabels, harmonicPlace, topDegree } from "./harmonics.ts";

/** Multiplication by x, y and z, and the rotations m×∇ about the three axes, among real spherical harmonics. */
export interface Ladder {
  readonly index: HarmonicIndex;
  readonly labels: ReturnType<typeof harmonicLabels>;
  readonly multiply: readonly [SparseMatrix, SparseMatrix, SparseMatrix];
  readonly rotate: readonly [SparseMatrix, SparseMatrix, SparseMatrix];
}

/** Takes one part of a function's image: a coefficient and the harmonic it belongs to. */
type Put = (factor: number, l: number, m: number, sine: boolean) => void;

/** All six, from the recurrences of the associated Legendre functions; what leads out of the index is dropped. */
export function ladder(index: HarmonicIndex): Ladder {
  const labels = harmonicLabels(index);
  const matrix = (image: (put: Put, l: number, m: number, sine: boolean) => void): SparseMatrix => {
    const rows = new RowSum(index.size, index.size);
    let own = 0;
    const put: Put = (factor, l, m, sine) => {
      if (factor === 0 || m < (sine ? 1 : 0) || l < m || m > index.mmax || l > topDegree(index, m)) return;
      // order 0 is normalized differently
      const norm = m !== own && (m === 0 || own === 0) ? Math.SQRT2 : 1;
      rows.add(harmonicPlace(index, l, m, sine), norm * factor);
    };
    for (let i = 0; i < index.size; i++) {
      own = labels.m[i];
      image(put, labels.l[i], own, labels.sine[i] === 1);
      rows.endRow();
    }
    return rows.matrix();
  };
  // multiplication is symmetric and rotation antisymmetric, so a function's image is its row up to the sign
  return {
    index,
    labels,
    multiply: [
      matrix((put, l, m, sine) => {
        raise(put, 0.5, l, m, sine);
        lower(put, 0.5, l, m, sine);
      }),
      matrix((put, l, m, sine) => {
        raise(put, sine ? -0.5 : 0.5, l, m, !sine);
        lower(put, sine ? 0.5 : -0.5, l, m, !sine);
      }),
      matrix((put, l, m, sine) => {
        put(along(l, m), l - 1, m, sine);
        put(along(l + 1, m), l + 1, m, sine);
      }),
    ],
    rotate: [
      matrix((put, l, m, sine) => {
        put((sine ? 0.5 : -0.5) * up(l, m), l, m + 1, !sine);
        put((sine ? 0.5 : -0.5) * down(l, m), l, m - 1, !sine);
      }),
      matrix((put, l, m, sine) => {
        put(0.5 * up(l, m), l, m + 1, sine);
        put(-0.5 * down(l, m), l, m - 1, sine);
      }),
      matrix((put, l, m, sine) => put(sine ? -m : m, l, m, !sine)),
    ],
  };
}

/** z p_l = along(l)·p_{l−1} + along(l+1)·p_{l+1}. */
const along = (l: number, m: number): number => Math.sqrt((l * l - m * m) / (4 * l * l - 1));

/** √(1−z²)·p_lm in functions of order m+1. */
function raise(put: Put, factor: number, l: number, m: number, sine: boolean): void {
  put(factor * Math.sqrt(((l + m + 1) * (l + m + 2)) / ((2 * l + 1) * (2 * l + 3))), l + 1, m + 1, sine);
  put(-factor * Math.sqrt(((l - m) * (l - m - 1)) / ((2 * l - 1) * (2 * l + 1))), l - 1, m + 1, sine);
}

/** √(1−z²)·p_lm in functions of order m−1. */
function lower(put: Put, factor: number, l: number, m: number, sine: boolean): void {
  put(-factor * Math.sqrt(((l - m + 1) * (l - m + 2)) / ((2 * l + 1) * (2 * l + 3))), l + 1, m - 1, sine);
  put(factor * Math.sqrt(((l + m) * (l + m - 1)) / ((2 * l - 1) * (2 * l + 1))), l - 1, m - 1, sine);
}

/** −(∂θ − m cotθ)p in p of order m+1, and (∂θ + m cotθ)p in that of order m−1. */
const up = (l: number, m: number): number => Math.sqrt((l - m) * (l + m + 1));
const down = (l: number, m: number): number => Math.sqrt((l + m) * (l - m + 1));
