import { angleBetween } from "../../numerics/parallel.ts";
import { spreadPoints } from "../../numerics/sphere-points.ts";
import { around } from "./directions.ts";
import type { Landscape, Point } from "./landscape.ts";

/** The minima of a landscape as connected sets. */
export interface Minima {
  /** Number of the minimum in which the path of steepest descent from m ends; `same` compares two such numbers. */
  below(m: Point): number;
  same(a: number, b: number): boolean;
  /** Anchors: ends of descents that represent their minima; a ring or a plateau has many. */
  readonly anchors: readonly { readonly at: Point; readonly minimum: number }[];
  /** Whether no direction around m has lower energy. */
  isMinimum(m: Point): boolean;
}

/** Largest climb of a way along the minimum, relative to the energies' span: arcs replace the curve. */
const climbing = 1e-8;
/** Energy difference that counts as none, relative to the energies' span. */
const level = 1e-12;
/** Ends closer than this (rad) are one. */
export const sameEnd = 1e-5;
/** Least distance between anchors of one minimum, rad. */
const anchorDistance = 0.01;
/** A minimum that is a curve has an anchor within this distance (rad) of each of its points. */
const reach = 0.7;
const smallestArc = 1e-4;
/** Directions from which descents start: the usual number, and the fewest, for an energy of many operations. */
const [usualScouts, fewestScouts] = [300, 40];
/** Operations in one step of each of these descents: the usual number takes a second with about 1300 operations. */
const mostOperations = 4e5;
const scoutsFor = ({ operations }: Landscape): number =>
  Math.min(usualScouts, Math.max(fewestScouts, Math.floor(mostOperations / operations)));
/** Number of directions that determine the energies' span. */
const samples = 300;
/** From a saddle, or from a kink where descent stalls, descent continues at the lowest direction at this distance. */
const nudge = 1e-3;
const mostNudges = 30;

// no hypot: it takes ten times as long, and every spin that starts in a well is compared with every anchor
const squaredChord = (a: Point, b: Point): number => {
  const [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  return x * x + y * y + z * z;
};

/** The square of the chord over an angle. */
const squareOver = (angle: number): number => 4 * Math.sin(angle / 2) ** 2;

/** Whether two points are closer than an angle. */
export function isCloserThan(angle: number): (a: Point, b: Point) => boolean {
  const limit = squareOver(angle);
  return (a, b) => squaredChord(a, b) < limit;
}

const [one, apart, farthest] = [sameEnd, anchorDistance, reach].map(squareOver);

const onArc = (a: Point, b: Point, share: number): Point => {
  const [x, y, z] = [0, 1, 2].map((i) => (1 - share) * a[i] + share * b[i]);
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
};

/**
 * Finds minima by descents from many directions. Two ends belong to one minimum if some way between them climbs above
 * neither. Arcs whose points descend again find such a way. A ring, an arc of a valley floor or a flat bottom is
 * therefore one minimum, and two wells of equal depth are two.
 *
 * Descents from `scouts` directions find minima in advance; later descents may add others. Without scouts two distant
 * points of one ring may count as two minima.
 */
export function minimaOf(landscape: Landscape, scouts = scoutsFor(landscape)): Minima {
  const { energy, descend } = landscape;
  const heights = spreadPoints(samples).map(energy);
  const span = Math.max(...heights) - Math.min(...heights);
  const rounding = level * span + 8 * Number.EPSILON * Math.max(...heights.map(Math.abs));
  const slack = climbing * span + rounding;

  const isMinimum = (m: Point): boolean => {
    const limit = energy(m) - rounding;
    return around(m, nudge).every((beside) => energy(beside) >= limit);
  };
  const settle = (m: Point): Point => {
    let end = descend(m);
    for (let i = 0; i < mostNudges && !isMinimum(end); i++)
      end = descend(
        around(end, nudge).reduce((low, beside) => (energy(beside) < energy(low) ? beside : low)),
      );
    return end;
  };
  const joined = (a: Point, b: Point, depth = 14): boolean => {
    const arc = angleBetween(a, b);
    if (arc < smallestArc) return true;
    const limit = Math.max(energy(a), energy(b)) + slack;
    const parts = Math.max(4, 2 * Math.ceil(arc / 0.04));
    const climbs = Array.from({ length: parts - 1 }, (_, i) => energy(onArc(a, b, (i + 1) / parts)));
    if (climbs.every((height) => height <= limit)) return true;
    if (depth === 0) return false;
    const end = descend(onArc(a, b, 0.5));
    const longest = Math.max(angleBetween(a, end), angleBetween(end, b));
    if (energy(end) > limit || longest > 0.9 * arc) return false;
    return joined(a, end, depth - 1) && joined(end, b, depth - 1);
  };

  const parents: number[] = [];
  const root = (i: number): number => {
    while (parents[i] !== i) i = parents[i];
    return i;
  };
  const anchors: { at: Point; minimum: number }[] = [];
  const below = (m: Point): number => {
    const end = settle(m);
    const nearest = new Map<number, { squared: number; at: Point }>();
    for (const { at, minimum } of anchors) {
      const squared = squaredChord(at, end);
      if (squared >= farthest) continue;
      const set = root(minimum);
      if (squared < one) return set;
      if (squared < (nearest.get(set)?.squared ?? farthest)) nearest.set(set, { squared, at });
    }
    const own = [...nearest].filter(([, { at }]) => joined(at, end));
    const minimum = own[0]?.[0] ?? parents.push(parents.length) - 1;
    for (const [other] of own) parents[other] = minimum;
    if (own.every(([, { squared }]) => squared > apart)) anchors.push({ at: end, minimum });
    return minimum;
  };
  for (const direction of spreadPoints(scouts)) below(direction);
  return { below, same: (a, b) => root(a) === root(b), anchors, isMinimum };
}
