import { timeline } from "../expression/timeline.ts";
import { krylovExponential, rationalExponential } from "../linear-algebra/krylov-exponential.ts";
import { denseExponential } from "../linear-algebra/matrix-exponential.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { infinityNorm, multiply } from "../linear-algebra/sparse.ts";
import { integrateDriven } from "./driven-evolution.ts";
import type { Generator } from "./generator.ts";
import { harmonicLabels } from "./harmonics.ts";
import type { Ordering, Sector, SectorSolver } from "./sectors.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";
import { stopsAt } from "./stops.ts";

export const harmonicOrdering = (generator: Generator): Ordering => {
  const { l, m } = harmonicLabels(generator.index);
  return { level: m, rank: l };
};

/** Below this |A|·t a polynomial Krylov space is cheaper than a factorization. */
const shortTime = 60;

/**
 * Coefficients at the given ascending times ≥ 0. Stretches in which the drive is proved not to change are propagated by Krylov
 * exponentials sector by sector; others by an adaptive Runge–Kutta method. Times in `breakpoints` are stops of their own.
 */
export function evolveCoefficients(
  generator: Generator,
  initial: Float64Array,
  times: readonly number[],
  breakpoints: readonly number[] = [],
): Float64Array[] {
  const last = times[times.length - 1] ?? 0;
  const { stretches } = timeline(generator.times, 0, last);
  const stops = stopsAt([...times, ...breakpoints.filter((t) => t > 0 && t < last)], stretches);
  const propagators = new Map<string, ConstantPropagator>();
  const reached = new Map<number, Float64Array>();
  let x: Float64Array = initial.slice();
  let now = 0;
  for (const stop of stops) {
    if (stop > now) {
      const middle = (now + stop) / 2;
      const { isConstant, longestStep } = stretches.find(({ to }) => middle < to) ?? stretches[0];
      if (!isConstant) x = integrateDriven(generator, x, now, stop, longestStep);
      else {
        const key = valuesAt(generator, middle);
        let propagator = propagators.get(key);
        if (!propagator) {
          propagator = constantPropagator(generator, middle);
          propagators.set(key, propagator);
        }
        x = propagator(x, stop - now);
      }
      now = stop;
    }
    reached.set(stop, x);
  }
  return times.map((t) => reached.get(t)!.slice());
}

/** The drive's values, as text. */
const valuesAt = ({ parts, diffusion }: Generator, t: number): string =>
  [diffusion(t), ...parts.map(({ scale }) => scale(t))].join(" ");

export type ConstantPropagator = (x: Float64Array, time: number) => Float64Array;

const constantPropagator = (generator: Generator, t: number): ConstantPropagator =>
  propagatorOf(generator.frozen(t), harmonicOrdering(generator));

/** x ↦ exp(A t) x for one matrix, sector by sector; factorizations are kept between calls of equal t. */
export function propagatorOf(forward: SparseMatrix, ordering: Ordering): ConstantPropagator {
  const parts = sectors(forward, ordering).map((sector) => sectorPropagator(forward, sector));
  return (x, time) => {
    const out = new Float64Array(x.length);
    for (const { unknowns, advance } of parts) {
      const part = Float64Array.from(unknowns, (i) => x[i]);
      if (part.every((value) => value === 0)) continue;
      advance(part, time).forEach((value, i) => {
        out[unknowns[i]] = value;
      });
    }
    return out;
  };
}

function sectorPropagator(
  forward: SparseMatrix,
  sector: Sector,
): { unknowns: Int32Array; advance: (x: Float64Array, time: number) => Float64Array } {
  const matrix = sectorMatrix(forward, sector);
  const normBound = infinityNorm(matrix);
  const scratch = new Float64Array(matrix.rows);
  const apply = (x: Float64Array) => {
    multiply(matrix, x, scratch);
    x.set(scratch);
  };
  const solvers = new Map<number, SectorSolver>();
  const repeated = repeatedPropagator(matrix);
  const advance = (x: Float64Array, time: number): Float64Array => {
    const known = repeated(x, time);
    if (known) return known;
    if (normBound * time < shortTime) return krylovExponential(apply, x, time, { normBound });
    const gamma = poleFor(time);
    let solver = solvers.get(gamma);
    if (!solver) {
      if (solvers.size > 3) solvers.clear();
      solver = factorSector(sectorMatrix(forward, sector, -gamma, 1), sector);
      solvers.set(gamma, solver);
    }
    const result = rationalExponential(solver.solve, gamma, x, time);
    // strong oscillation: short steps first, until the fast orders have decayed
    return result ?? advance(advance(x, time / 8), (7 * time) / 8);
  };
  return { unknowns: sector.unknowns, advance };
}

/** Unknowns up to which a whole propagator is worth its n³, and how often a time must come for it. */
const smallSector = 160;
const oftenEnough = 3;

/** exp(A t) x by a stored matrix exp(A t) for times that come again and again, as of evenly spaced records. */
function repeatedPropagator(
  matrix: SparseMatrix,
): (x: Float64Array, time: number) => Float64Array | undefined {
  const n = matrix.rows;
  const asked = new Map<number, number>();
  const stored = new Map<number, Float64Array>();
  return (x, time) => {
    if (n > smallSector) return undefined;
    // differences of evenly spaced times agree up to rounding only
    const key = Number(time.toPrecision(11));
    const times = (asked.get(key) ?? 0) + 1;
    asked.set(key, times);
    if (times < oftenEnough) return undefined;
    let propagator = stored.get(key);
    if (!propagator) {
      const scaled = new Float64Array(n * n);
      for (let i = 0; i < n; i++)
        for (let k = matrix.starts[i]; k < matrix.starts[i + 1]; k++)
          scaled[i * n + matrix.indices[k]] += time * matrix.values[k];
      propagator = denseExponential(scaled, n);
      stored.set(key, propagator);
    }
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += propagator[i * n + j] * x[j];
      out[i] = sum;
    }
    return out;
  };
}

/** About a tenth of the time, rounded so that times equal up to rounding share a factorization. */
function poleFor(time: number): number {
  const exponent = Math.round(Math.log2(time / 10) * 8) / 8;
  return 2 ** exponent;
}
