import type { Eigenpair } from "../linear-algebra/arnoldi.ts";
import { largestEigenpairs } from "../linear-algebra/arnoldi.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { oncePer } from "../numerics/once-per.ts";
import { remembering } from "./remembering.ts";
import type { Ordering, Sector, SectorSolver } from "./sectors.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";

/**
 * One operator F at one resolution and one value of the drive, with all factorizations. Each part is made when first needed and kept
 * (refusals too), so that the stationary state, modes, spectra and evolution share factorizations.
 *
 * `sectors` are those without the conserved total (unknown 0, whose row of F is zero). The difference of a density from the stationary
 * one has no component in that unknown, so it evolves in these sectors alone and decays to zero in each. If a start differs from the
 * stationary density only by rounding, nothing evolves.
 */
export interface InstantaneousOperator {
  readonly forward: SparseMatrix;
  readonly sectors: readonly SectorOperator[];
}

export interface SectorOperator {
  readonly sector: Sector;
  /** F restricted to the sector's unknowns. */
  readonly matrix: SparseMatrix;
  /** LU of F − shift. Throws `SingularMatrixError` if the matrix is singular. */
  shifted(shift?: number): SectorSolver;
  /** LU of 1 − γF; the last few γ are kept. */
  resolvent(gamma: number): SectorSolver;
  /** The LU of F if it exists already. */
  readonly factored: () => SectorSolver | undefined;
  /**
   * At least `count` eigenpairs of (F − shift)⁻¹ in order of decreasing modulus, as far as they converge; with `left` those of the
   * transposed operator (functions instead of densities). Vectors are over the sector's unknowns; `near` is a guess for the first.
   */
  eigenpairs(
    count: number,
    options?: {
      readonly left?: boolean | undefined;
      readonly shift?: number;
      readonly near?: Float64Array | undefined;
    },
  ): readonly Eigenpair[];
  /** `gather` takes the sector's part of a vector over all unknowns; `scatter` goes back and sets the other unknowns to zero. */
  gather(x: Float64Array): Float64Array;
  scatter(part: Float64Array): Float64Array;
}

/** Number of LUs of 1 − γF that a sector keeps. */
const keptResolvents = 3;
/** Sectors with more unknowns keep only the last resolvent. */
const largeSector = 30_000;

/** The shared object of a matrix: one object for each matrix; `Generator.operatorAt` returns the same matrix for the same drive. */
export const operatorOf = oncePer(
  (forward: SparseMatrix, ordering: Ordering): InstantaneousOperator => ({
    forward,
    sectors: sectors(forward, ordering, 0).map((sector) => sectorOperator(forward, sector)),
  }),
);

function sectorOperator(forward: SparseMatrix, sector: Sector): SectorOperator {
  const { unknowns } = sector;
  const matrix = sectorMatrix(forward, sector);
  const kept = unknowns.length > largeSector ? 1 : keptResolvents;
  let factored: SectorSolver | undefined;
  const shifted = remembering((shift: number) => {
    if (shift !== 0) return factorSector(sectorMatrix(forward, sector, 1, -shift), sector);
    factored = factorSector(matrix, sector);
    return factored;
  }, kept);
  const found = new Map<string, { readonly count: number; readonly pairs: readonly Eigenpair[] }>();
  return {
    sector,
    matrix,
    shifted: (shift = 0) => shifted(shift),
    factored: () => factored,
    resolvent: remembering(
      (gamma: number) => factorSector(sectorMatrix(forward, sector, -gamma, 1), sector),
      kept,
    ),
    eigenpairs: (count, { left = false, shift = 0, near } = {}) => {
      const key = `${left} ${shift}`;
      const before = found.get(key);
      if (before && before.count >= count) return before.pairs;
      const solver = shifted(shift);
      const pairs = largestEigenpairs(
        left ? solver.solveTransposed : solver.solve,
        unknowns.length,
        Math.min(count, unknowns.length),
        { near },
      );
      found.set(key, { count, pairs });
      return pairs;
    },
    gather: (x) => Float64Array.from(unknowns, (i) => x[i]),
    scatter: (part) => {
      const out = new Float64Array(forward.rows);
      for (let i = 0; i < unknowns.length; i++) out[unknowns[i]] = part[i];
      return out;
    },
  };
}
