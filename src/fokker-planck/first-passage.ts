import { compileScalar } from "../expression/compile.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { RingBasis } from "./assembly.ts";
import { axialPassage } from "./axial-passage.ts";
import { turnsAbout } from "./axis.ts";
import type { Band } from "./band-basis.ts";
import { bandBasis, bandOperator, bandOrdering, isAlive, projectOnBand } from "./band-basis.ts";
import { expansionDegree } from "./degree.ts";
import { propagatorOf } from "./evolution.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Vec3 } from "./frame.ts";
import { dynamicsInFrame, frameAlong } from "./frame.ts";
import { frozenAt } from "./frozen.ts";
import type { InitialDensity } from "./initial.ts";
import type { BandStart } from "./passage-start.ts";
import { startIn } from "./passage-start.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";

/** A spin is alive while from < axis·m < to; leaving is the passage. Rims at ±1 are no rims. */
export interface PassageRegion extends Band {
  readonly axis: Vec3;
}

export interface Passage {
  /** Mean time of passage; spins that start outside count as passed at 0. */
  readonly mean: number;
  /** Probability of being alive at the times asked for. */
  readonly survival: readonly number[];
  /** Relative difference of the mean, and largest difference of survival, between the two resolutions. */
  readonly errorEstimate: number;
}

export interface PassageOptions {
  readonly tolerance?: number;
  /** Time at which a changing drive is frozen; passage under a changing drive is not computed. */
  readonly time?: number;
  /** Where spins are watched in steps of this length, the rims move outward by 0.5826 σ√step, σ² = 2D(1−z²). */
  readonly watchedEvery?: number;
}

/** Ratio −ζ(1/2)/√(2π): distance by which a walk watched in steps overshoots a rim (Chernoff 1965; Siegmund 1979). */
const overshoot = 0.5825971579390106;

/** The rim that a process without steps must have to be passed when the watched one passes `rim`. */
export function shiftedRim(rim: number, outward: 1 | -1, diffusion: number, step: number): number {
  if (Math.abs(rim) >= 1) return rim;
  const shifted = rim + outward * overshoot * Math.sqrt(2 * diffusion * (1 - rim * rim) * step);
  return Math.max(-1, Math.min(1, shifted));
}

/**
 * Mean first-passage time and survival by the backward equation with absorbing rims: double quadrature where
 * dynamics and rims share an axis (any barrier), else functions that vanish on the rims, refined until they agree.
 */
export function firstPassage(
  dynamics: Dynamics,
  region: PassageRegion,
  initial: InitialDensity,
  times: readonly number[] = [],
  options: PassageOptions = {},
): Exact<Passage> {
  const { tolerance = 1e-7, time = 0, watchedEvery = 0 } = options;
  const frozen = frozenAt(dynamics, time);
  const diffusion = compileScalar(frozen.diffusion, [])();
  if (!(diffusion > 0)) return outOfReach("at zero temperature (D = 0) passage is not a matter of chance");
  const frame = frameAlong(region.axis);
  const there = dynamicsInFrame(frame, frozen);
  const band: Band = {
    from: shiftedRim(region.from, -1, diffusion, watchedEvery),
    to: shiftedRim(region.to, 1, diffusion, watchedEvery),
  };
  if (band.from <= -1 && band.to >= 1) return outOfReach("the region has no rim to pass");
  const degrees = [there.psi, there.omega].map((of) => expansionDegree(of, 60));
  if (degrees.some((degree) => degree === undefined))
    return outOfReach("the potentials are not resolved by harmonics up to degree 60");
  const degree = Math.max(...(degrees as number[]));
  const axial = turnsAbout([frozen.psi, frozen.omega], region.axis);
  const start = startIn(frame, initial, axial);

  let count = axial ? 24 : 16;
  let mmax = axial ? 0 : 6;
  let coarse = solveBand(there, diffusion, band, degree, count, mmax, start, times);
  const exactMean = axial ? axialPassage(there, diffusion, band, start) : undefined;
  while (count < (axial ? 150 : 60)) {
    count = Math.ceil(1.3 * count) + 2;
    mmax = axial ? 0 : Math.ceil(1.3 * mmax) + 1;
    const fine = solveBand(there, diffusion, band, degree, count, mmax, start, times);
    const change = Math.max(0, ...fine.survival.map((s, i) => Math.abs(s - coarse.survival[i])));
    const meanChange = exactMean === undefined ? relativeChange(fine.mean, coarse.mean) : 0;
    const errorEstimate = Math.max(change, meanChange);
    if (errorEstimate <= tolerance) return exactly({ ...fine, mean: exactMean ?? fine.mean, errorEstimate });
    coarse = fine;
  }
  return outOfReach(`passage out of the band did not settle with ${count} × ${2 * mmax + 1} functions`);
}

const relativeChange = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b) / Math.abs(a));

function solveBand(
  dynamics: Dynamics,
  diffusion: number,
  band: Band,
  degree: number,
  count: number,
  mmax: number,
  start: BandStart,
  times: readonly number[],
): { mean: number; survival: number[] } {
  if ("direction" in start && !isAlive(band, start.direction[2]))
    return { mean: 0, survival: times.map(() => 0) };
  const basis = bandBasis(band, count, mmax, degree);
  const forward = bandOperator(basis, dynamics, diffusion, degree);
  const ordering = bandOrdering(basis);
  const one = projectOnBand(basis, mmax + 1, () => 1);
  const azimuths = mmax === 0 ? 1 : 2 * mmax + 24;
  const z = basis.nodes;
  const begin =
    "direction" in start
      ? valuesAt(band, count, mmax, degree, start.direction)
      : projectOnBand(basis, mmax === 0 ? 48 : azimuths, (q, j) => {
          const phi = (2 * Math.PI * j) / (mmax === 0 ? 48 : azimuths);
          const s = Math.sqrt(1 - z[q] * z[q]);
          return start.density([s * Math.cos(phi), s * Math.sin(phi), z[q]]);
        });
  // T solves L†T = −1
  const mean = new Float64Array(basis.size);
  for (const sector of sectors(forward, ordering)) {
    const b = Float64Array.from(sector.unknowns, (i) => -one[i]);
    if (b.every((x) => x === 0)) continue;
    factorSector(sectorMatrix(forward, sector), sector).solveTransposed(b);
    sector.unknowns.forEach((unknown, i) => {
      mean[unknown] = b[i];
    });
  }
  const advance = propagatorOf(forward, ordering);
  let x = begin;
  let now = 0;
  const survival = times.map((t) => {
    // at once the alive share is known; the functions that vanish on the rims would only approach it
    if (t === 0) return "direction" in start ? 1 : aliveShare(basis, start.density);
    if (t > now) x = advance(x, t - now);
    now = t;
    return dotProduct(one, x);
  });
  return { mean: dotProduct(begin, mean), survival };
}

/** Probability of starting inside the band. */
function aliveShare({ nodes, weights }: RingBasis, density: (m: Vec3) => number): number {
  let sum = 0;
  nodes.forEach((z, q) => {
    const s = Math.sqrt(1 - z * z);
    for (let j = 0; j < 96; j++) {
      const phi = (2 * Math.PI * j) / 96;
      sum += (weights[q] * density([s * Math.cos(phi), s * Math.sin(phi), z]) * 2 * Math.PI) / 96;
    }
  });
  return sum;
}

/** Values of all basis functions at one point: the projection of a start from one direction. */
function valuesAt(band: Band, count: number, mmax: number, degree: number, m: Vec3): Float64Array {
  const at = bandBasis(band, count, mmax, degree, m[2]);
  const phi = Math.atan2(m[1], m[0]);
  const out = new Float64Array(at.size);
  const place = at.nodes.length - 1;
  at.levels.forEach(({ count: functions, offset, values }, order) => {
    for (let i = 0; i < functions; i++) {
      const value = values[i * at.nodes.length + place];
      if (order === 0) out[offset + i] = value / Math.sqrt(2 * Math.PI);
      else {
        out[offset + i] = (value * Math.cos(order * phi)) / Math.sqrt(Math.PI);
        out[offset + functions + i] = (value * Math.sin(order * phi)) / Math.sqrt(Math.PI);
      }
    }
  });
  return out;
}
