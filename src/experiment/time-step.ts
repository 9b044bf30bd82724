import { bounds } from "../expression/bounds.ts";
import { variablesOf } from "../expression/expression.ts";
import { polynomial } from "../expression/polynomial.ts";
import { probes } from "../expression/probes.ts";
import { separate } from "../expression/separation.ts";
import { timeFunctions } from "../expression/time-functions.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { drift } from "../physics/dynamics.ts";
import type { Triple } from "../physics/parameter.ts";
import type { Spread } from "../physics/spread.ts";
import { evaluator, sampleTimes, spherePoints, spreadCorners } from "./sphere-sample.ts";
import { spreadBox } from "./spread-box.ts";

/*
 * The rule of `step: auto`. The step is the least of
 *   stepLimit / R   R: the largest rate of the drift, over the sphere, the duration and ±3 deviations of spreads:
 *                   its speed |dm/dt| or the norm of its tangential Jacobian, whichever is larger
 *   stepLimit · τ   τ: the shortest time in which a drive changes materially (its edges apart)
 *   diffusionLimit / D   so that one kick turns a spin by less than about 0.2 rad
 * where stepLimit belongs to the integrator.
 */

/** Largest D·h for a scheme of stepLimit 1; a scheme takes this times its own stepLimit. */
export const diffusionLimit = 0.05;

/** Longest step in the inverse of the largest rate: beyond it a step turns a spin too far to be called a step. */
export const longestTurn = 0.8;

/** How much longer than this rule's a step may become where its bias is known to be below the limits (run/sound-step.ts). */
export const largestStepGrowth = (stepLimit: number): number => longestTurn / stepLimit;

const farOut = 3; // deviations
/** Patches that are looked at for narrow places. */
const mostPlaces = 240;
/** Functions of time whose extremes are looked for. */
const mostFunctions = 16;

/** Largest rate of the drift: speed or norm of the tangential Jacobian, in the unit of the dynamics. */
export function largestRate(
  dynamics: Dynamics,
  spreads: readonly Spread[],
  times: readonly number[],
): { rate: number; diffusion: number } {
  const evaluate = evaluator([...drift(dynamics), dynamics.diffusion], spreads);
  const corners = spreadCorners(spreads, farOut);
  // poles and axes come first; where drives and spreads multiply the work, every fourth of the others will do
  const isLarge = times.length * corners.length > 8;
  const even = isLarge ? spherePoints.filter((_, i) => i < 6 || i % 4 === 0) : spherePoints;
  const points = [...even, ...narrowPlaces(dynamics)];
  let [rate, diffusion] = [0, 0];
  for (const t of times)
    for (const corner of corners)
      for (const m of points) {
        const at = (x: readonly number[]): number[] => [...evaluate(x, t, corner)];
        const here = at(m);
        diffusion = Math.max(diffusion, here[3]);
        rate = Math.max(rate, Math.hypot(here[0], here[1], here[2]), jacobianNorm(at, m));
      }
  return { rate, diffusion };
}

/** Where potentials that are no polynomials bend most narrowly: points that a grid would miss. */
const narrowPlaces = ({ psi, omega }: Dynamics): Triple[] =>
  [psi, omega].flatMap((of) =>
    (separate(of) ?? [])
      .map(({ space }) => space)
      .filter((space) => !polynomial(space) && [...variablesOf(space)].every((name) => /^m[xyz]$/.test(name)))
      .flatMap((space) =>
        probes(space, 0, mostPlaces)
          .slice(0, mostPlaces / 4)
          .map(({ m }) => m),
      ),
  );

/** Norm (largest singular value) of the tangential Jacobian of a tangent field, by central differences. */
function jacobianNorm(field: (m: readonly number[]) => readonly number[], m: Triple): number {
  const [u, v] = tangents(m);
  const step = 1e-5;
  const column = (direction: Triple): [number, number] => {
    const moved = (sign: number) => {
      const x = m.map((component, i) => component + sign * step * direction[i]);
      const length = Math.hypot(x[0], x[1], x[2]);
      return field(x.map((component) => component / length));
    };
    const [after, before] = [moved(1), moved(-1)];
    const change = [0, 1, 2].map((i) => (after[i] - before[i]) / (2 * step));
    return [
      change[0] * u[0] + change[1] * u[1] + change[2] * u[2],
      change[0] * v[0] + change[1] * v[1] + change[2] * v[2],
    ];
  };
  const [a, c] = column(u);
  const [b, d] = column(v);
  // singular values of [[a, b], [c, d]]
  const sum = a * a + b * b + c * c + d * d;
  const determinant = a * d - b * c;
  return Math.sqrt((sum + Math.sqrt(Math.max(0, sum * sum - 4 * determinant * determinant))) / 2);
}

/** Two unit vectors that complete m to a right-handed frame. */
function tangents([x, y, z]: Triple): [Triple, Triple] {
  const sign = z < 0 ? -1 : 1;
  const a = -1 / (sign + z);
  const b = x * y * a;
  return [
    [1 + sign * x * x * a, sign * b, -sign * x],
    [b, sign + y * y * a, -y],
  ];
}

/** Times at which the functions of time in the dynamics are largest and smallest, found by bounds: no pulse is too narrow. */
function extremes(
  { psi, omega, diffusion }: Dynamics,
  spreads: readonly Spread[],
  duration: number,
): number[] {
  const box = { ...spreadBox(spreads), t: { low: 0, high: duration } };
  const effort = { tolerance: 0.02, work: 300 };
  const functions = new Set([psi, omega, diffusion].flatMap(timeFunctions));
  return [...functions].slice(0, mostFunctions).flatMap((f) => {
    const { low, high } = bounds(f, box, effort);
    return [low.at.t, high.at.t].filter((t) => t !== undefined);
  });
}

/** The step of `auto`, in reduced time; infinite where nothing moves. */
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
  const { rate, diffusion } = largestRate(dynamics, spreads, times);
  return Math.min(
    stepLimit / rate,
    stepLimit * Math.min(Number.POSITIVE_INFINITY, ...drives.resolutions),
    (diffusionLimit * stepLimit) / diffusion,
  );
}
