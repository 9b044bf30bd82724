import { polynomialExponential } from "../linear-algebra/chebyshev-exponential.ts";
import { exponentialSeries } from "../linear-algebra/exponential-series.ts";
import type { RationalOptions } from "../linear-algebra/rational-exponential.ts";
import { rationalExponentials } from "../linear-algebra/rational-exponential.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { multiply } from "../linear-algebra/sparse.ts";
import { oncePer } from "../numerics/once-per.ts";
import { mixed } from "../random/mixed.ts";
import { operatorOf } from "./instantaneous-operator.ts";
import type { ReachedState } from "./reached-state.ts";
import { expandedStates, formedState } from "./reached-state.ts";
import { remembering } from "./remembering.ts";
import type { Resolvent } from "./sector-resolvent.ts";
import { sharedResolvent } from "./sector-resolvent.ts";
import type { Ordering, Sector } from "./sectors.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";

/** exp(A t) for one matrix. */
export interface Propagator {
  /** exp(A t) x. */
  advance(x: Float64Array, time: number): Float64Array;
  /** exp(A t) x at ascending times ≥ 0. */
  series(x: Float64Array, times: readonly number[]): Float64Array[];
  /** f·exp(A t) x at ascending times ≥ 0. */
  values(x: Float64Array, times: readonly number[], f: Float64Array): Float64Array;
}

export interface PropagatorOptions {
  /** Accepted error, relative to the norm of the start (see `of`). Default 1e-9. */
  readonly tolerance?: number;
  /**
   * The norm of errors. For densities it is that of mean values of bounded functions (moments, bins): coefficients over 1 + rank. For
   * functions it is that of their values: coefficients. Default densities.
   */
  readonly of?: "densities" | "functions";
  /** (1 − γA)⁻¹ of the matrix on a sector, for each γ. Default: its own factorization. */
  readonly resolvent?: (unknowns: Int32Array) => (gamma: number) => Resolvent;
}

/** Up to this order a polynomial costs less than a factorization and its Krylov space. */
const fewOrders = 1500;
/** A sector's part of a vector below this share of the whole is rounding. */
const rounding = 1e-14;
/** Up to this number of unknowns dense exponentials are cheapest. */
const smallSector = 40;
/** Times within a decade of the last share a Krylov space; its pole is at this share of the last time. */
const decade = 10;
const poleShare = 0.01;
/** Number of directions in which two approximations are compared. */
const probes = 8;
/** Most vectors of one Krylov space. */
const mostVectors = 200;
/** With more unknowns two resolutions must agree to 1e-6 in the moments, and this is the tolerance of Krylov spaces. */
const large = 8000;
const expensiveTolerance = 2e-8;
/** Number of factorizations that a sector keeps. */
const keptSolvers = 4;

/** exp(F t) for densities: one object for each matrix. (`Generator.operatorAt` returns the same matrix for the same drive.) */
export const propagatorOf = oncePer((forward: SparseMatrix, ordering: Ordering): Propagator => {
  const operator = operatorOf(forward, ordering);
  return makePropagator(forward, ordering, {
    tolerance: forward.rows > large ? expensiveTolerance : 1e-9,
    resolvent: (unknowns) => sharedResolvent(operator, unknowns),
  });
});

/** Makes exp(A t), sector by sector; factorizations are kept between calls. `rank` of the ordering is the degree. */
export function makePropagator(
  matrix: SparseMatrix,
  ordering: Ordering,
  { tolerance = 1e-9, of = "densities", resolvent }: PropagatorOptions = {},
): Propagator {
  const weight = Float64Array.from({ length: matrix.rows }, (_, i) =>
    of === "functions" ? 1 : 1 / (1 + ordering.rank[i]),
  );
  // made only if a start has a part in the sector: for symmetric starts most sectors are empty
  const parts = sectors(matrix, ordering).map((sector) => {
    let made: ReturnType<typeof sectorPropagator> | undefined;
    return {
      unknowns: sector.unknowns,
      run: () => (made ??= sectorPropagator(matrix, sector, weight, resolvent)),
    };
  });
  const size = (x: Float64Array): number => Math.sqrt(x.reduce((sum, c, i) => sum + (weight[i] * c) ** 2, 0));
  const each = (
    x: Float64Array,
    times: readonly number[],
    use: (unknowns: Int32Array, place: number, part: ReachedState, asked?: Float64Array) => void,
    f?: Float64Array,
  ): void => {
    const whole = size(x);
    for (const { unknowns, run } of parts) {
      const part = Float64Array.from(unknowns, (i) => x[i]);
      const own = Math.sqrt(part.reduce((sum, c, i) => sum + (weight[unknowns[i]] * c) ** 2, 0));
      const asked = f && Float64Array.from(unknowns, (i) => f[i]);
      if (asked?.every((value) => value === 0)) continue;
      const take: Reached = (place, reached) => use(unknowns, place, reached, asked);
      if (own <= rounding * whole) times.forEach((_, place) => take(place, formedState(part)));
      else run()(part, times, tolerance * whole, take, asked);
    }
  };
  const series = (x: Float64Array, times: readonly number[]): Float64Array[] => {
    const out = times.map(() => new Float64Array(x.length));
    each(x, times, (unknowns, place, { state }) => {
      const part = state();
      unknowns.forEach((unknown, i) => {
        out[place][unknown] = part[i];
      });
    });
    return out;
  };
  return {
    advance: (x, time) => series(x, [time])[0],
    series,
    values: (x, times, f) => {
      const out = new Float64Array(times.length);
      each(
        x,
        times,
        (_, place, { along }, asked) => {
          if (asked) out[place] += along(asked);
        },
        f,
      );
      return out;
    },
  };
}

type Reached = (place: number, x: ReachedState) => void;

function sectorPropagator(
  whole: SparseMatrix,
  sector: Sector,
  weights: Float64Array,
  resolvent: PropagatorOptions["resolvent"],
) {
  const { unknowns } = sector;
  const matrix = sectorMatrix(whole, sector);
  const n = matrix.rows;
  const polynomials = polynomialExponential(matrix);
  const short = fewOrders / polynomials.rate;
  const weight = Float64Array.from(unknowns, (i) => weights[i]);
  const functionals = Array.from({ length: probes }, (_, k) =>
    weight.map((w, i) => w * sign(unknowns[i], k)),
  );
  const solverFor =
    resolvent?.(unknowns) ??
    remembering(
      (gamma: number): Resolvent => factorSector(sectorMatrix(whole, sector, -gamma, 1), sector),
      keptSolvers,
    );
  /** States at offsets ≥ 0 from x; the last one is returned. */
  const run = (
    x: Float64Array,
    offsets: readonly number[],
    tolerance: number,
    reached: Reached,
    f?: Float64Array,
  ): void => {
    const last = offsets[offsets.length - 1] ?? 0;
    const change = multiply(matrix, x, new Float64Array(n));
    let moved = 0;
    for (let i = 0; i < n; i++) moved += (weight[i] * change[i]) ** 2;
    if (Math.sqrt(moved) * last <= 0.1 * tolerance) {
      offsets.forEach((_, place) => {
        reached(place, formedState(x));
      });
      return;
    }
    if (n <= smallSector) {
      exponentialSeries(dense(matrix), n, x, offsets).forEach((y, place) => {
        reached(place, formedState(y));
      });
      return;
    }
    const asked = { functionals: f ? [...functionals, f] : functionals, tolerance };
    let [at, now, place] = [x, 0, 0];
    while (place < offsets.length) {
      const begin = now;
      const until = decadeEnd(offsets, place, begin + short);
      const times = offsets.slice(place, until).map((t) => t - begin);
      const span = times[times.length - 1];
      const states = span > short ? rationalStates(solverFor, at, times, asked) : undefined;
      if (states) {
        states.forEach((y, i) => {
          reached(place + i, y);
        });
        if (until < offsets.length) at = states[states.length - 1].state();
        now = offsets[until - 1];
        place = until;
        continue;
      }
      const take = (i: number, y: Float64Array): void => {
        [at, now] = [y, offsets[place + i]];
        reached(place + i, formedState(y));
      };
      // for short times or strong oscillation: polynomials until the fast orders have decayed
      const early = times.filter((t) => t <= short * (1 + 1e-9));
      const isOver = early.length === times.length;
      polynomials.series(at, isOver ? early : [...early, short], (i, y) => {
        if (i < early.length) take(i, y);
        else [at, now] = [y, begin + short];
      });
      place += early.length;
    }
  };
  return run;
}

/** States at times of one decade; undefined if no Krylov space is large enough. */
function rationalStates(
  solverFor: (gamma: number) => Resolvent,
  x: Float64Array,
  times: readonly number[],
  asked: Pick<RationalOptions, "functionals" | "tolerance">,
): ReachedState[] | undefined {
  const gamma = poleFor(times[times.length - 1]);
  const found = rationalExponentials(solverFor(gamma).solve, gamma, x, times, {
    ...asked,
    maximum: mostVectors,
  });
  return found && expandedStates(found.vectors, found.coordinates);
}

/** End of the range of times that share a Krylov space: those within a decade, counted down from the last time. */
function decadeEnd(offsets: readonly number[], from: number, short: number): number {
  let high = offsets[offsets.length - 1];
  while (high > short && offsets[from] < (high / decade) * (1 - 1e-9)) high /= decade;
  let until = from + 1;
  while (until < offsets.length && offsets[until] <= high * (1 + 1e-9)) until++;
  return until;
}

/** A hundredth of the time, rounded so that times that differ only by rounding share a factorization. */
const poleFor = (time: number): number => 2 ** (Math.round(Math.log2(time * poleShare) * 4) / 4);

/** A pseudorandom sign. */
const sign = (i: number, k: number): number => (mixed(mixed(i + 1) + k) & 1 ? 1 : -1);

function dense(matrix: SparseMatrix): Float64Array {
  const n = matrix.rows;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = matrix.starts[i]; k < matrix.starts[i + 1]; k++)
      out[i * n + matrix.indices[k]] += matrix.values[k];
  return out;
}
