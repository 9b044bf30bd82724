import type { Eigenpair } from "../linear-algebra/arnoldi.ts";
import { largestEigenpairs } from "../linear-algebra/arnoldi.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { remembering } from "./remembering.ts";
import type { Ordering, Sector, SectorSolver } from "./sectors.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";

/**
 * One operator F at one resolution and one value of the drive, with everything that is solved with it: each part is made when
 * first asked for and kept, refusals too, so that the stationary state, modes, spectra and evolution share factorizations.
 *
 * `sectors` are those without the conserved total (unknown 0, whose row of F is zero). A density less the stationary one has
 * no part in that unknown, so it evolves in these sectors alone and decays to nothing in each; a start that differs from the
 * stationary density by rounding has nothing to evolve.
 */
export interface InstantaneousOperator {
  readonly forward: SparseMatrix;
  readonly sectors: readonly SectorOperator[];
}

export interface SectorOperator {
  readonly sector: Sector;
  /** F among the sector's unknowns. */
  readonly matrix: SparseMatrix;
  /** LU of F − shift. Throws `SingularMatrixError` where there is none. */
  shifted(shift?: number): SectorSolver;
  /** LU of 1 − γF; the last few γ are kept. */
  resolvent(gamma: number): SectorSolver;
  /** The LU of F if it was made. */
  readonly factored: () => SectorSolver | undefined;
  /**
   * At least `count` eigenpairs of (F − shift)⁻¹ by falling modulus where they converge, those of the transposed operator
   * (functions instead of densities) with `left`. Vectors are over the sector's unknowns; `near` resembles the first.
   */
  eigenpairs(
    count: number,
    options?: {
      readonly left?: boolean | undefined;
      readonly shift?: number;
      readonly near?: Float64Array | undefined;
    },
  ): readonly Eigenpair[];
  /** The sector's part of a vector over all unknowns, and back: what is outside becomes zero. */
  gather(x: Float64Array): Float64Array;
  scatter(part: Float64Array): Float64Array;
}

/** LUs of 1 − γF kept at a time in a sector. */
const keptResolvents = 3;
/** Most unknowns whose resolvents are all kept; larger ones keep the last only. */
const largeSector = 30_000;

const known = new WeakMap<SparseMatrix, InstantaneousOperator>();

/** The shared object of a matrix: the same for the same matrix, which `Generator.operatorAt` gives for the same drive. */
export function operatorOf(forward: SparseMatrix, ordering: Ordering): InstantaneousOperator {
  let operator = known.get(forward);
  if (!operator) {
    operator = {
      forward,
      sectors: sectors(forward, ordering, 0).map((sector) => sectorOperator(forward, sector)),
    };
    known.set(forward, operator);
  }
  return operator;
}

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
