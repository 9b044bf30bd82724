import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { combine } from "../linear-algebra/sparse.ts";
import type { LinearSolver } from "../linear-algebra/sparse-solver.ts";
import type { Generator } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import { mirrorSigns } from "./mirror-signs.ts";
import type { Sector, SectorSolver } from "./sectors.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";

/** Unknowns that never couple to others. */
export interface DrivenSector {
  readonly sector: Sector;
  /** Solves with 1 − γF(t) among them. */
  resolvent(t: number, gamma: number): Pick<LinearSolver, "solve">;
}

/** Most numbers in the factorizations of all sectors together. */
const mostKept = 4e7;
/** Digits at which two values of a drive count as equal: one fewer than rounding of the times leaves. */
const digits = 12;

/**
 * The sectors of an operator that changes with time. Their structure is found once; at each time only values are added. Factorizations
 * are kept as long as this object, so if a period is followed repeatedly with the same steps, each is made once. A drive that returns to
 * a value reuses its factorization; so does one that reaches the negative of a value, if reversing the signs of some unknowns gives that
 * operator.
 */
export function drivenSectors(generator: Generator): readonly DrivenSector[] {
  const { parts, laplacian, diffusion } = generator;
  const terms = [{ scale: diffusion, matrix: laplacian }, ...parts];
  // absolute values, so that couplings do not cancel at one time and reappear at another
  const whole = combine(
    terms.map(({ matrix }) => ({ matrix: { ...matrix, values: matrix.values.map(Math.abs) }, scale: 1 })),
  );
  let kept = 0;
  return sectors(whole, harmonicOrdering(generator)).map((sector) => {
    const pattern = sectorMatrix(whole, sector, 1, 1);
    const diagonal = aligned(sectorMatrix(emptied(whole), sector, 1, 1), pattern);
    const values = terms.map(({ matrix }) => aligned(sectorMatrix(matrix, sector), pattern));
    const signs = terms.map((_, r) =>
      mirrorSigns(
        values.map((own) => ({ ...pattern, values: own })),
        r,
      ),
    );
    const known = new Map<string, SectorSolver>();
    const solverFor = (factors: readonly number[]): SectorSolver => {
      const key = factors.map((factor) => factor.toPrecision(digits)).join(" ");
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
    };
    return {
      sector,
      resolvent(t, gamma) {
        const factors = terms.map(({ scale }) => -gamma * scale(t));
        const mirrors = signs.filter((own, r) => own && factors[r] < 0);
        const solver = solverFor(factors.map((factor, r) => (signs[r] ? Math.abs(factor) : factor)));
        if (mirrors.length === 0) return solver;
        const mirror = (b: Float64Array): void => {
          for (const own of mirrors) if (own) for (let i = 0; i < b.length; i++) b[i] *= own[i];
        };
        return {
          solve(b) {
            mirror(b);
            solver.solve(b);
            mirror(b);
          },
        };
      },
    };
  });
}

const emptied = (matrix: SparseMatrix): SparseMatrix => ({
  ...matrix,
  values: new Float64Array(matrix.values.length),
});

/** The values of a matrix at the places of another one, which has all its places and more. */
function aligned(matrix: SparseMatrix, { rows, starts, indices }: SparseMatrix): Float64Array {
  const out = new Float64Array(indices.length);
  for (let i = 0; i < rows; i++)
    for (let k = matrix.starts[i], place = starts[i]; k < matrix.starts[i + 1]; k++) {
      while (indices[place] !== matrix.indices[k]) place++;
      out[place] = matrix.values[k];
    }
  return out;
}
