import { bounds } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { variablesOf } from "../expression/expression.ts";
import { largestValue } from "../expression/largest-value.ts";
import { sizeOf } from "../expression/merge.ts";
import { degreeOf, polynomial } from "../expression/polynomial.ts";
import { timeFunctions } from "../expression/time-functions.ts";
import { driftSpeed, driftStretch } from "../physics/drift-rate.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Triple } from "../physics/parameter.ts";
import type { Spread } from "../physics/spread.ts";
import { evaluator, sampleTimes, spherePoints, spreadCorners } from "./sphere-sample.ts";
import { boxOver } from "./spread-box.ts";

/*
 * The rule of `step: auto`. The step is the least of
 *   stepLimit / R   R: the largest rate of the drift, over the sphere, the duration and ±3 deviations of spreads:
 *                   its speed |dm/dt| or the norm of its tangential Jacobian, whichever is larger
 *   stepLimit · τ   τ: the shortest time in which a drive changes appreciably (its edges excepted)
 *   diffusionLimit / D   so that one kick turns a spin by less than about 0.2 rad
 * where stepLimit belongs to the integrator.
 */

/** Largest D·h for a scheme of stepLimit 1; a scheme takes this times its own stepLimit. */
export const diffusionLimit = 0.05;

/** Longest step in units of the inverse of the largest rate. A longer one would turn a spin too far. */
export const longestTurn = 0.8;

/** How much longer than by this rule a step may be if its bias is known to be below the limits (run/checked-step.ts). */
export const largestStepGrowth = (stepLimit: number): number => longestTurn / stepLimit;

const farOut = 3; // deviations

/** Operations for the first guess of the largest rate, some tenths of a second. Usual formulas with many drives and spreads need as many. */
const mostOperations = 3e7;

/** Degree up to which a polynomial of m has no features narrower than points 0.18 rad apart. */
const smoothDegree = 8;

const isSmooth = (of: Expression): boolean => {
  const terms = polynomial(of);
  return terms !== undefined && degreeOf(terms) <= smoothDegree;
};

const isOfM = (name: string): boolean => /^m[xyz]$/.test(name);

/** Points of the sphere, the poles shifted a little: a formula in angles may be undefined at a pole although its function is not. */
const beside: readonly Triple[] = spherePoints.map(([x, y, z]) =>
  Math.abs(z) === 1 ? [1e-4, 0, z * Math.sqrt(1 - 1e-8)] : [x, y, z],
);

/** Largest rate of the drift: speed or norm of the tangential Jacobian, in the unit of the dynamics. */
export function largestRate(
  dynamics: Dynamics,
  spreads: readonly Spread[],
  times: readonly number[],
  duration = 0,
): { rate: number; diffusion: number } {
  const rates = [driftSpeed(dynamics), driftStretch(dynamics)];
  const outputs = [...rates, dynamics.diffusion];
  const evaluate = evaluator(outputs, spreads);
  const corners = spreadCorners(spreads, farOut);
  // poles and axes come first; if drives and spreads multiply the work, every fourth of the other points is enough, and fewer of a formula
  // of thousands of operations
  const instants = times.length * corners.length;
  const affordable = Math.ceil((sizeOf(outputs) * instants * beside.length) / mostOperations);
  const every = Math.max(instants > 8 ? 4 : 1, affordable);
  const points = beside.filter((_, i) => i < 6 || i % every === 0);
  const met = [0, 0, 0];
  for (const t of times)
    for (const corner of corners)
      for (const m of points)
        evaluate(m, t, corner).forEach((value, i) => {
          if (value > met[i] && value < Number.POSITIVE_INFINITY) met[i] = value;
        });
  const { psi, omega, diffusion } = dynamics;
  const isKnown = isSmooth(psi) && isSmooth(omega) && [...variablesOf(psi, omega, diffusion)].every(isOfM);
  if (isKnown) return { rate: Math.max(met[0], met[1]), diffusion: met[2] };
  // the samples give a first guess; intervals then find larger values at any place and time, or prove that there are none
  const box = boxOver(spreads, duration);
  const fastest = rates.reduce((known, of) => largestValue(of, box, known), Math.max(met[0], met[1]));
  return { rate: fastest, diffusion: largestValue(dynamics.diffusion, box, met[2]) };
}

/** Most functions of time whose extremes are searched for the first guess. */
const mostFunctions = 16;

/** Times at which the functions of time in the dynamics are largest and smallest, found by bounds: no pulse is too narrow. */
function extremes(
  { psi, omega, diffusion }: Dynamics,
  spreads: readonly Spread[],
  duration: number,
): number[] {
  const box = boxOver(spreads, duration);
  const effort = { tolerance: 0.02, work: 300 };
  const functions = new Set([psi, omega, diffusion].flatMap(timeFunctions));
  return [...functions].slice(0, mostFunctions).flatMap((f) => {
    const { low, high } = bounds(f, box, effort);
    return [low.at.t, high.at.t].filter((t) => t !== undefined);
  });
}

/** The step of `auto`, in reduced time; infinite if nothing moves. */
export function timeStepLimit(
  dynamics: Dynamics,
  spreads: readonly Spread[],
  drives: {
    duration: number;
    breakpoints: readonly number[];
    resolutions: readonly number[];
    driven: boolean;
  },
  stepLimit: number,
): number {
  const times = drives.driven
    ? [
        ...sampleTimes(drives.duration, drives.breakpoints, 24),
        ...extremes(dynamics, spreads, drives.duration),
      ]
    : [0];
  const { rate, diffusion } = largestRate(dynamics, spreads, times, drives.duration);
  return Math.min(
    stepLimit / rate,
    stepLimit * Math.min(Number.POSITIVE_INFINITY, ...drives.resolutions),
    (diffusionLimit * stepLimit) / diffusion,
  );
}
