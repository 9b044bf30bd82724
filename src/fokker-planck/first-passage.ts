import { compileScalar } from "../expression/compile.ts";
import { overshoot } from "../integrators/overshoot.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import { axialPassage } from "./axial-passage.ts";
import { turnsAbout } from "./axis.ts";
import type { Band, BandBasis } from "./band-basis.ts";
import { bandBasis, bandValuesAt, isAlive } from "./band-basis.ts";
import { massesOnBand } from "./band-masses.ts";
import type { BandProblem } from "./band-problem.ts";
import { projectOnBand } from "./band-projection.ts";
import type { Agreed, BandSetting } from "./band-refinement.ts";
import { acceptable, refineOnBand } from "./band-refinement.ts";
import { cleanSurvival } from "./clean-probabilities.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Vec3 } from "./frame.ts";
import { dynamicsInFrame, frameAlong } from "./frame.ts";
import type { PointMass } from "./initial-well.ts";
import { instantaneous } from "./instantaneous.ts";
import { orWhyNot } from "./interruptible.ts";
import type { BandStart } from "./passage-start.ts";
import { startIn } from "./passage-start.ts";
import type { PassageAnswer } from "./passage-survival.ts";
import { agreedSurvival, survivalOnce, survivalSeconds } from "./passage-survival.ts";

/** If a factorization takes less than this, s, the survival is cheap. */
const cheap = 0.1;
/** Difference of survivals of two resolutions that is enough if a third would take long. */
const enoughForSurvival = 1e-4;

/** A spin is alive while from < axis·m < to; it passes when it leaves this band. At ±1 there is no rim. */
export interface PassageRegion extends Band {
  readonly axis: Vec3;
}

/** The two figures, each with its own error or its own reason. */
export interface Passage {
  /** Mean time of passage; spins that start outside count as passed at 0. Its error is relative. */
  readonly mean: Exact<number>;
  /** Probability of being alive at the given times. Its error is absolute. */
  readonly survival: Exact<readonly number[]>;
  /** The survival is refused only because it takes too long. */
  readonly isTooExpensive?: boolean;
}

/** Both figures refused for one reason. */
export const noPassage = (reason: string): Passage => ({
  mean: outOfReach(reason),
  survival: outOfReach(reason),
});

/** Relative error of a double quadrature. */
const ofQuadrature = 1e-9;

export interface PassageOptions {
  readonly tolerance?: number;
  /** Time at which a changing drive is held constant; passage under a changing drive is not computed here. */
  readonly time?: number;
  /** If spins are only sampled in steps of this length, the rims are shifted outward by 0.5826 σ√step, σ² = 2D(1−z²). */
  readonly watchedEvery?: number;
}

/** The rim for the continuous process that corresponds to `rim` for the sampled one. */
export function shiftedRim(rim: number, outward: 1 | -1, diffusion: number, step: number): number {
  if (Math.abs(rim) >= 1) return rim;
  const shifted = rim + outward * overshoot * Math.sqrt(2 * diffusion * (1 - rim * rim) * step);
  return Math.max(-1, Math.min(1, shifted));
}

/**
 * Mean first-passage time and survival by the backward equation with absorbing rims, in functions that vanish there, refined until they
 * agree. Times are in the unit of the dynamics, those of the survival ascending. If dynamics and rims share an axis the mean is a double
 * quadrature (at any barrier).
 */
export function firstPassage(
  dynamics: Dynamics,
  region: PassageRegion,
  initial: InitialLaw,
  times: readonly number[] = [],
  options: PassageOptions = {},
): Passage {
  const { tolerance = 1e-6, time = 0, watchedEvery = 0 } = options;
  const held = instantaneous(dynamics, time);
  const diffusion = compileScalar(held.diffusion, [])();
  if (!(diffusion > 0)) return noPassage("at zero temperature (D = 0) the passage is deterministic");
  const frame = frameAlong(region.axis);
  const there = dynamicsInFrame(frame, held);
  const band: Band = {
    from: shiftedRim(region.from, -1, diffusion, watchedEvery),
    to: shiftedRim(region.to, 1, diffusion, watchedEvery),
  };
  if (band.from <= -1 && band.to >= 1) return noPassage("the region has no rim to pass");
  const axial = turnsAbout([held.psi, held.omega], region.axis);
  const start = startIn(frame, initial, axial, band);
  if ("direction" in start && !isAlive(band, start.direction[2]))
    return {
      mean: exactly(0, 0),
      survival: exactly(
        times.map(() => 0),
        0,
      ),
    };

  return passageOutOf({ dynamics: there, diffusion, band, axial, tolerance }, start, times);
}

const isCheap = ({ seconds }: PassageAnswer): boolean => seconds < cheap;

/** The same for a start in the frame of the passage; a survival that would take more than `mostSeconds` is refused. */
export function passageOutOf(
  setting: BandSetting,
  start: BandStart,
  times: readonly number[],
  mostSeconds = Number.POSITIVE_INFINITY,
): Passage {
  const { dynamics, diffusion, band, axial, tolerance } = setting;
  const project = startProjection(start);
  const exactMean = axial ? axialPassage(dynamics, diffusion, band, start) : undefined;
  const found = refineOnBand(setting, {
    solve(problem) {
      const { basis } = problem;
      const one = projectOnBand(basis, 2 * basis.mmax + 1, () => 1);
      const solution = problem.solveBackward(one.map((x) => -x));
      const { begin, alive: share, beside } = project(problem);
      // a sum of masses may exceed one by rounding
      const alive = Math.min(1, share);
      return {
        answer: {
          mean: exactMean ?? dotProduct(begin, solution),
          alive,
          // only mass beside a rim can be lost; any other difference is ripples of the expansion
          lost: beside > 0 ? Math.min(beside, Math.abs(alive - dotProduct(begin, problem.project(one)))) : 0,
          seconds: problem.seconds(),
          survival: survivalOnce(problem, one, begin, alive, times),
        },
        solutions: [solution],
      };
    },
    difference(fine: PassageAnswer, coarse: PassageAnswer) {
      const change = relativeChange(fine.mean, coarse.mean);
      // survival costs several factorizations, so it is compared only when the mean has converged
      if (change > tolerance || !isCheap(fine)) return change;
      // it costs little, so use all digits
      const [a, b] = [fine.survival(0, 0).values, coarse.survival(0, 0).values];
      return Math.max(change, ...a.map((s, i) => Math.abs(s - b[i])));
    },
  });
  const byQuadrature = exactMean === undefined ? undefined : exactly(exactMean, ofQuadrature);
  if (found.value === null) {
    const refused = noPassage(`first passage: ${found.reason}`);
    return { ...refused, mean: byQuadrature ?? refused.mean };
  }
  const { value } = found;
  const { answer } = value;
  const rounding = ofRounding * diffusion * answer.mean;
  const mean = byQuadrature ?? exactly(answer.mean, Math.max(value.errorEstimate, rounding));
  const tooExpensive = tooExpensiveFor(value, times, mostSeconds);
  if (tooExpensive) return { mean, survival: outOfReach(tooExpensive), isTooExpensive: true };
  // a time limit on survival must not cancel the mean
  return { mean, survival: orWhyNot(() => survivalOf(value, times, tolerance, mostSeconds)) };
}

/**
 * Rounding of the operator in units of D; divided by the escape rate it is an error that both resolutions share, so their difference
 * does not show it. Comparisons with quadratures at 20 to 27 kT gave up to 50 units in the last place.
 */
const ofRounding = 200 * Number.EPSILON;

/** The two resolutions before the last, which may be enough for survival if the last is expensive. */
const cheaperOf = ({ answer, coarser, coarsest }: Agreed<PassageAnswer>) =>
  coarsest && !isCheap(answer) ? { fine: coarser, coarse: coarsest } : undefined;

/** The reason why a survival is not computed; undefined if it is. */
function tooExpensiveFor(
  found: Agreed<PassageAnswer>,
  times: readonly number[],
  mostSeconds: number,
): string | undefined {
  const before = cheaperOf(found);
  const least = before
    ? survivalSeconds(before.fine, before.coarse)
    : survivalSeconds(found.answer, found.coarser);
  return times.length > 0 && least > mostSeconds
    ? `survival would take about ${Math.ceil(least)} s, more than ${Math.ceil(mostSeconds)} s`
    : undefined;
}

/** Survival at the times, from the last resolutions of a converged mean. */
function survivalOf(
  found: Agreed<PassageAnswer>,
  times: readonly number[],
  tolerance: number,
  mostSeconds: number,
): Exact<readonly number[]> {
  const { answer, coarser, errorEstimate } = found;
  // no more digits than the tolerance needs, because they need large Krylov spaces
  const known = Math.max(errorEstimate, tolerance);
  const before = cheaperOf(found);
  const isExpensive = survivalSeconds(answer, coarser) > mostSeconds;
  const cheaper = before && agreedSurvival(before.fine, before.coarse, times, known);
  const enough = isExpensive ? acceptable : Math.max(enoughForSurvival, 3 * known);
  if (isExpensive && !(cheaper && cheaper.error <= enough))
    return outOfReach(`survival would take more than ${Math.ceil(mostSeconds)} s`);
  const { values, error } =
    cheaper && cheaper.error <= enough ? cheaper : agreedSurvival(answer, coarser, times, known);
  const survivalError = Math.max(errorEstimate, error);
  const survival = cleanSurvival(values, times, survivalError, answer.alive);
  if (survival.value === null) return outOfReach(`survival: ${survival.reason}`);
  return exactly(survival.value, survival.errorEstimate ?? survivalError);
}

const relativeChange = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b) / Math.abs(a));

/** The projection of a start on the functions of a band, its share inside, and the part of this that lies near a rim. */
interface ProjectedStart {
  readonly begin: Float64Array;
  readonly alive: number;
  readonly beside: number;
}

/**
 * Width of the layer at a rim in which functions that vanish there cannot represent a density, in units of the band's width over their
 * number.
 */
const layer = 4;

function isBesideRim({ band, count }: Pick<BandBasis, "band" | "count">): (z: number) => boolean {
  const width = (layer * (band.to - band.from)) / count;
  return (z) => (band.from > -1 && z < band.from + width) || (band.to < 1 && z > band.to - width);
}

function startProjection(start: BandStart): (problem: BandProblem) => ProjectedStart {
  if ("direction" in start) {
    const [x, y, z] = start.direction;
    return ({ basis }) => ({ begin: bandValuesAt(basis, z, Math.atan2(y, x)), alive: 1, beside: 0 });
  }
  if ("density" in start && !start.masses) return ofDensity(start.density);
  const { masses = [] } = start;
  const sum = (some: readonly PointMass[]): number => some.reduce((total, { mass }) => total + mass, 0);
  return ({ basis }) => {
    const isBeside = isBesideRim(basis);
    return {
      begin: massesOnBand(basis, masses),
      alive: sum(masses),
      beside: sum(masses.filter(({ m }) => isBeside(m[2]))),
    };
  };
}

function ofDensity(density: (m: Vec3) => number): (problem: BandProblem) => ProjectedStart {
  // sampled once, on a finer grid than the functions need
  let samples: Float64Array | undefined;
  const nodes = 240;
  return ({ basis: { band, count, mmax } }) => {
    const azimuths = 256;
    const fine = bandBasis(band, count, mmax, 0, nodes);
    samples ??= Float64Array.from({ length: nodes * azimuths }, (_, k) => {
      const z = fine.nodes[(k / azimuths) | 0];
      const s = Math.sqrt((1 - z) * (1 + z));
      const phi = (2 * Math.PI * (k % azimuths)) / azimuths;
      return density([s * Math.cos(phi), s * Math.sin(phi), z]);
    });
    const known = samples;
    const value = (q: number, j: number) => known[q * azimuths + j];
    const isBeside = isBesideRim(fine);
    let [alive, beside] = [0, 0];
    for (let q = 0; q < nodes; q++) {
      let mass = 0;
      for (let j = 0; j < azimuths; j++) mass += (fine.weights[q] * value(q, j) * 2 * Math.PI) / azimuths;
      alive += mass;
      if (isBeside(fine.nodes[q])) beside += mass;
    }
    return { begin: projectOnBand(fine, azimuths, value), alive, beside };
  };
}
