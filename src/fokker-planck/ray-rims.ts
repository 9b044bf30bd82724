import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import type { Vec3 } from "./frame.ts";
import { frameAlong, outOfFrame } from "./frame.ts";
import type { Arcs } from "./ray-arcs.ts";
import { remembering } from "./remembering.ts";

/** Steps over the polar angle in the search for rims; odd, because rims often lie at a right angle from the centre. */
const steps = 47;
/** A rim is known to this angle, rad. */
const precision = Math.PI / steps / 2 ** 26;
/** Number of neighbouring rays from which the rims of a ray are predicted. */
const neighbours = 6;
/** Smallest distance between neighbours, as a share of their distance from the ray. */
const apart = 0.3;
/** A guess is tried within `safety` times its error; the range grows by this factor until it covers the step. */
const [safety, growth] = [2, 32];
const kept = 1024;

/** Rays from a point of the sphere, and their arcs in a region. */
export interface RayRims {
  readonly centre: Vec3;
  at(azimuth: number, theta: number): Vec3;
  /** Arcs of the ray that lie in the region. */
  arcs(azimuth: number): Arcs;
}

interface KnownRay {
  readonly azimuth: number;
  readonly rims: readonly number[];
}

interface Guess {
  readonly theta: number;
  readonly error: number;
}

/**
 * Rays from `centre` and the rims of the region on them, each found by halving. A rim is smooth except at a few corners, so nearby rays
 * predict it well. Halving starts at the prediction or, if that is wrong, with a whole step.
 */
export function rimsAround(centre: Vec3, inside: (m: Vec3) => boolean): RayRims {
  const frame = frameAlong(centre);
  const at = (azimuth: number, theta: number): Vec3 =>
    outOfFrame(frame, [
      Math.sin(theta) * Math.cos(azimuth),
      Math.sin(theta) * Math.sin(azimuth),
      Math.cos(theta),
    ]);
  const known: KnownRay[] = [];
  const found = remembering((azimuth: number): Arcs => {
    throwIfInterrupted();
    const rims = crossings((theta) => inside(at(azimuth, theta)), expected(known, azimuth));
    known.splice(placeOf(known, azimuth), 0, { azimuth, rims });
    return between(rims, inside(at(azimuth, 0)));
  }, kept);
  const turn = 2 * Math.PI;
  return { centre, at, arcs: (azimuth) => found(azimuth - turn * Math.floor(azimuth / turn)) };
}

/** Predicts the rims of a ray by polynomials through those of neighbouring rays; empty if these have different numbers of rims. */
function expected(known: readonly KnownRay[], azimuth: number): Guess[] {
  const chosen: { readonly x: number; readonly rims: readonly number[] }[] = [];
  for (const ray of outward(known, azimuth)) {
    // rays that are close together give the same information, and a polynomial through them oscillates
    if (chosen.every(({ x }) => Math.abs(x - ray.x) > apart * Math.abs(ray.x))) chosen.push(ray);
    if (chosen.length === neighbours) break;
  }
  const { length } = chosen[0]?.rims ?? [];
  if (chosen.length < 2 || chosen.some(({ rims }) => rims.length !== length)) return [];
  return Array.from({ length }, (_, k) => extrapolated(chosen.map(({ x, rims }) => [x, rims[k]] as const)));
}

/** Most rays that are visited in the search for neighbours. */
const mostMet = 64;

/** The rays on both sides of an azimuth, in order of their distance from it. */
function* outward(known: readonly KnownRay[], azimuth: number) {
  const n = known.length;
  const above = placeOf(known, azimuth);
  for (let k = 0; k < Math.min(n, mostMet); k++) {
    const at = k % 2 === 0 ? above + k / 2 : above - (k + 1) / 2;
    const { azimuth: there, rims } = known[(at + n) % n];
    yield { x: 2 * Math.asin(Math.sin((there - azimuth) / 2)), rims };
  }
}

/** The first of ascending rays that is not below an azimuth. */
function placeOf(known: readonly KnownRay[], azimuth: number): number {
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (known[middle].azimuth < azimuth) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Value at 0 of the polynomial through points, and its difference from the polynomial without the last point (Neville's scheme). */
function extrapolated(points: readonly (readonly [x: number, value: number])[]): Guess {
  const values = points.map(([, value]) => value);
  let before = values[0];
  for (let order = 1; order < points.length; order++) {
    before = values[0];
    for (let i = 0; i + order < points.length; i++) {
      const [[from], [to]] = [points[i], points[i + order]];
      values[i] = (to * values[i] - from * values[i + 1]) / (to - from);
    }
  }
  return { theta: values[0], error: precision + safety * Math.abs(values[0] - before) };
}

/** Angles in (0, π) at which a condition changes. */
function crossings(holds: (theta: number) => boolean, guesses: readonly Guess[]): number[] {
  const found: number[] = [];
  let before = holds(0);
  for (let i = 1; i <= steps; i++) {
    const [from, to] = [((i - 1) * Math.PI) / steps, (i * Math.PI) / steps];
    const here = holds(to);
    if (here === before) continue;
    const guess = guesses.find(({ theta, error }) => theta > from - error && theta < to + error);
    found.push(crossing(holds, before, [from, to], guess));
    before = here;
  }
  return found;
}

/** The place between two ends at which a condition changes; `first` is its value at the first end. */
function crossing(
  holds: (theta: number) => boolean,
  first: boolean,
  [from, to]: readonly [number, number],
  guess?: Guess,
): number {
  let [low, high] = [from, to];
  const ask = (theta: number): void => {
    if (!(theta > low && theta < high)) return;
    if (holds(theta) === first) low = theta;
    else high = theta;
  };
  if (guess)
    for (let { error } = guess; high - low > 2 * error; error *= growth) {
      ask(guess.theta - error);
      ask(guess.theta + error);
    }
  while (high - low > precision) ask((low + high) / 2);
  return (low + high) / 2;
}

/** Every second interval between rims. */
function between(rims: readonly number[], isFirstInside: boolean): Arcs {
  const edges = [0, ...rims, Math.PI];
  return edges
    .slice(1)
    .map((to, i) => [edges[i], to] as const)
    .filter((_, i) => (i % 2 === 0) === isFirstInside);
}
