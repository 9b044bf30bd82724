import { evolveOutputs } from "../linear-algebra/rational-evolution.ts";
import type { Room } from "../linear-algebra/room.ts";
import { borrowRoom, giveBack, inRoom } from "../linear-algebra/room.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { combine, multiply } from "../linear-algebra/sparse.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Band, BandBasis } from "./band-basis.ts";
import { bandBasis, bandOrdering } from "./band-basis.ts";
import { bandOperator } from "./band-operator.ts";
import { eliminationSeconds } from "./cost.ts";
import type { Sector, SectorSolver } from "./sectors.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";

/** The Fokker–Planck equation on a band with absorbing rims, at one resolution. Vectors hold the coefficients of functions. */
export interface BandProblem {
  readonly basis: BandBasis;
  /** Seconds of the factorizations made so far. */
  seconds(): number;
  /** Frees the factorizations; a later solution makes them again. */
  release(): void;
  /** Coefficients of the function with these integrals over the basis functions. */
  project(integrals: Float64Array): Float64Array;
  /** Solves L†u = f. f is given by its integrals with the basis functions, u is returned by its coefficients. */
  solveBackward(integrals: Float64Array): Float64Array;
  /** Solves F g = f in the same way. */
  solveForward(integrals: Float64Array): Float64Array;
  /** outputs · exp(L†t) u at ascending times > 0, u(0) given by its integrals. */
  evolveBackward(
    integrals: Float64Array,
    outputs: readonly Float64Array[],
    times: readonly number[],
    tolerance: number,
  ): Float64Array[];
}

/**
 * The problem in `count` functions of each order up to `mmax`; `degree` is that of the harmonics of Ψ and Ω, which are in the frame of the band.
 */
export function bandProblem(
  dynamics: Dynamics,
  diffusion: number,
  band: Band,
  degree: number,
  { count, mmax }: { readonly count: number; readonly mmax: number },
): BandProblem {
  const basis = bandBasis(band, count, mmax, degree);
  const { backward, mass } = bandOperator(basis, dynamics, diffusion, degree);
  const parts = sectors(backward, bandOrdering(basis));
  const { factored, seconds, release } = heldFactors(backward);
  const solve = (integrals: Float64Array, how: "solve" | "solveTransposed"): Float64Array => {
    const out = new Float64Array(basis.size);
    parts.forEach((sector, i) => {
      const b = Float64Array.from(sector.unknowns, (k) => integrals[k]);
      if (b.every((x) => Math.abs(x) < 1e-15)) return;
      factored(i, sector)[how](b);
      sector.unknowns.forEach((unknown, k) => {
        out[unknown] = b[k];
      });
    });
    return out;
  };
  const own = (x: Float64Array, { unknowns }: Sector) => Float64Array.from(unknowns, (k) => x[k]);
  return {
    basis,
    project(integrals) {
      const out = new Float64Array(basis.size);
      for (const sector of parts) {
        const there = own(integrals, sector);
        inRoom((room) => factorSector(sectorMatrix(mass, sector), sector, room).solve(there));
        sector.unknowns.forEach((unknown, k) => {
          out[unknown] = there[k];
        });
      }
      return out;
    },
    seconds,
    release,
    solveBackward: (integrals) => solve(integrals, "solve"),
    solveForward: (integrals) => solve(integrals, "solveTransposed"),
    evolveBackward(integrals, outputs, times, tolerance) {
      const found = outputs.map(() => new Float64Array(times.length));
      for (const sector of parts) {
        const start = own(integrals, sector);
        if (start.every((x) => Math.abs(x) < 1e-15)) continue;
        const pencil = { mass: sectorMatrix(mass, sector), matrix: sectorMatrix(backward, sector) };
        const wanted = outputs.map((output) => own(output, sector));
        evolveSector(sector, pencil, start, wanted, times, tolerance).forEach((row, o) => {
          for (let k = 0; k < row.length; k++) found[o][k] += row[k];
        });
      }
      return found;
    },
  };
}

/** Factorizations of sectors, each in its own memory until they are released. */
function heldFactors(matrix: SparseMatrix): Pick<BandProblem, "seconds" | "release"> & {
  factored(i: number, sector: Sector): SectorSolver;
} {
  const factors = new Map<number, SectorSolver>();
  const rooms: Room[] = [];
  let seconds = 0;
  return {
    seconds: () => seconds,
    factored(i, sector) {
      const known = factors.get(i);
      if (known) return known;
      const room = borrowRoom();
      rooms.push(room);
      const factor = factorSector(sectorMatrix(matrix, sector), sector, room);
      factors.set(i, factor);
      seconds = eliminationSeconds([...factors.values()]);
      return factor;
    },
    release() {
      factors.clear();
      for (const room of rooms.splice(0)) giveBack(room);
    },
  };
}

/** outputs · exp(M⁻¹A t) u at ascending times > 0 on a sector, u(0) given by its integrals, which are overwritten. */
function evolveSector(
  sector: Sector,
  { mass, matrix }: { readonly mass: SparseMatrix; readonly matrix: SparseMatrix },
  start: Float64Array,
  outputs: readonly Float64Array[],
  times: readonly number[],
  tolerance: number,
): Float64Array[] {
  const weighted = new Float64Array(start.length);
  return inRoom((room) => {
    factorSector(mass, sector, room).solve(start);
    const inverse = (gamma: number) => {
      const shifted = combine([
        { matrix: mass, scale: 1 },
        { matrix, scale: -gamma },
      ]);
      // only one is in use at a time
      const { solve } = factorSector(shifted, sector, room);
      return (x: Float64Array) => {
        multiply(mass, x, weighted);
        x.set(weighted);
        solve(x);
      };
    };
    return evolveOutputs(inverse, start, outputs, times, tolerance);
  });
}
