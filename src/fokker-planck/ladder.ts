import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { RowSum } from "../linear-algebra/sparse.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicLabels, harmonicPlace, topDegree } from "./harmonics.ts";

/** The rotations m×∇ about the three axes among real spherical harmonics. */
export interface Ladder {
  readonly index: HarmonicIndex;
  readonly rotate: readonly [SparseMatrix, SparseMatrix, SparseMatrix];
}

/** Receives one term of a function's image: a coefficient and its harmonic. */
type Put = (factor: number, l: number, m: number, sine: boolean) => void;

/** All three, from the recurrences of the associated Legendre functions; terms outside the index are dropped. */
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
  // the rotation is antisymmetric, so a column is the row with the opposite sign
  return {
    index,
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

/** −(∂θ − m cotθ)p in p of order m+1, and (∂θ + m cotθ)p in that of order m−1. */
const up = (l: number, m: number): number => Math.sqrt((l - m) * (l + m + 1));
const down = (l: number, m: number): number => Math.sqrt((l + m) * (l - m + 1));
