import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { combine } from "../linear-algebra/sparse.ts";
import type { Generator } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import type { Sector, SectorSolver } from "./sectors.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";

/** Unknowns that couple at no time to others. */
export interface DrivenSector {
  readonly sector: Sector;
  /** LU of 1 − γF(t) among them. */
  resolvent(t: number, gamma: number): SectorSolver;
}

/** Numbers that the factorizations of all sectors together may hold. */
const mostKept = 4e7;

/**
 * The sectors of an operator that changes with time, their places found once: at each time values alone are added. Factorizations are kept
 * as long as this object: where one period is followed again and again, with the same steps, each is made once.
 */
export function drivenSectors(generator: Generator): readonly DrivenSector[] {
  const { parts, laplacian, diffusion } = generator;
  const terms = [{ scale: diffusion, matrix: laplacian }, ...parts];
  // absolute values: nothing may cancel at one time that couples at another
  const whole = combine(
    terms.map(({ matrix }) => ({ matrix: { ...matrix, values: matrix.values.map(Math.abs) }, scale: 1 })),
  );
  let kept = 0;
  return sectors(whole, harmonicOrdering(generator)).map((sector) => {
    const pattern = sectorMatrix(whole, sector, 1, 1);
    const diagonal = aligned(sectorMatrix(emptied(whole), sector, 1, 1), pattern);
    const values = terms.map(({ matrix }) => aligned(sectorMatrix(matrix, sector), pattern));
    const known = new Map<string, SectorSolver>();
    return {
      sector,
      resolvent(t, gamma) {
        const factors = terms.map(({ scale }) => -gamma * scale(t));
        const key = factors.join(" ");
        const found = known.get(key);
        if (found) return found;
        const sum = diagonal.slice();
        factors.forEach((factor, r) => {
          const own = values[r];
          for (let k = 0; k < sum.length; k++) sum[k] += factor * own[k];
        });
        const solver = factorSector({ ...pattern, values: sum }, sector);
        kept += solver.stored + sum.length;
        if (kept < mostKept) known.set(key, solver);
        return solver;
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
