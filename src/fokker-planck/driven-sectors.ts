import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { combine } from "../linear-algebra/sparse.ts";
import type { Generator } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import type { Sector } from "./sectors.ts";
import { sectorMatrix, sectors } from "./sectors.ts";

/** Unknowns that couple among themselves at no time to others. */
export interface DrivenSector {
  readonly sector: Sector;
  /** 1 − γF(t) among them; all such matrices share their arrays of places. */
  resolvent(t: number, gamma: number): SparseMatrix;
}

const known = new WeakMap<Generator, readonly DrivenSector[]>();

/** The sectors of an operator that changes with time, their places found once: at each time values alone are added. */
export function drivenSectors(generator: Generator): readonly DrivenSector[] {
  const found = known.get(generator) ?? made(generator);
  known.set(generator, found);
  return found;
}

function made(generator: Generator): DrivenSector[] {
  const { parts, laplacian, diffusion } = generator;
  const terms = [{ scale: diffusion, matrix: laplacian }, ...parts];
  // absolute values: nothing may cancel at one time that couples at another
  const whole = combine(
    terms.map(({ matrix }) => ({ matrix: { ...matrix, values: matrix.values.map(Math.abs) }, scale: 1 })),
  );
  return sectors(whole, harmonicOrdering(generator)).map((sector) => {
    const pattern = sectorMatrix(whole, sector, 1, 1);
    const diagonal = aligned(sectorMatrix(emptied(whole), sector, 1, 1), pattern);
    const values = terms.map(({ matrix }) => aligned(sectorMatrix(matrix, sector), pattern));
    return {
      sector,
      resolvent(t, gamma) {
        const sum = diagonal.slice();
        terms.forEach(({ scale }, r) => {
          const factor = -gamma * scale(t);
          const own = values[r];
          for (let k = 0; k < sum.length; k++) sum[k] += factor * own[k];
        });
        return { ...pattern, values: sum };
      },
    };
  });
}

const emptied = (matrix: SparseMatrix): SparseMatrix => ({
  ...matrix,
  values: new Float64Array(matrix.values.length),
});

/** The values of a matrix at the places of another one that has all of them and more. */
function aligned(matrix: SparseMatrix, { rows, starts, indices }: SparseMatrix): Float64Array {
  const out = new Float64Array(indices.length);
  for (let i = 0; i < rows; i++)
    for (let k = matrix.starts[i], place = starts[i]; k < matrix.starts[i + 1]; k++) {
      while (indices[place] !== matrix.indices[k]) place++;
      out[place] = matrix.values[k];
    }
  return out;
}
