import { around } from "./directions.ts";
import type { Landscape, Point } from "./landscape.ts";
import type { Minima } from "./minima.ts";
import { isCloserThan, minimaOf } from "./minima.ts";

/** A steepest-descent basin. Its minimum may be a direction, a ring or a plateau. */
export interface Well {
  /** A direction of lowest energy. */
  readonly bottom: Point;
  /** The minimum is a single direction. */
  readonly isPoint: boolean;
  holds(m: Point): boolean;
}

/** Directions so close to m must belong to its well. */
const margin = 1e-4;
/** Cells over the polar angle; twice as many over the azimuth. */
const cells = 48;
const width = Math.PI / cells;
const isNear = isCloserThan(4 * width);

/** Why a direction is in no well, as a rule that it breaks; undefined where it is in one. */
export function whyInNoWell(landscape: Landscape, m: Point): string | undefined {
  const minima = minimaOf(landscape, 0);
  const minimumBelow = minima.below(m);
  const isInside =
    minima.isMinimum(landscape.descend(m)) &&
    around(m, margin).every((beside) => minima.same(minima.below(beside), minimumBelow));
  return isInside
    ? undefined
    : "must lie in a well: it stands on a ridge, a saddle or a summit of the energy";
}

/**
 * The steepest-descent basin that holds m: the one definition of a well, for ensembles and densities alike. What lies
 * exactly on a ridge counts to either side.
 */
export function wellOf(landscape: Landscape, m: Point): Well {
  const minima = minimaOf(landscape);
  const minimumBelow = minima.below(m);
  const own = minima.anchors.filter(({ minimum }) => minima.same(minimum, minimumBelow)).map(({ at }) => at);
  const bottom = own.reduce((low, at) => (landscape.energy(at) < landscape.energy(low) ? at : low));
  return { bottom, isPoint: own.length === 1, holds: membership(minima, minimumBelow) };
}

/** Tells for any direction whether it descends to a minimum; where all around it does, nothing is descended again. */
function membership(minima: Minima, minimumBelow: number): (m: Point) => boolean {
  const known = new Map<number, boolean>();
  const isInWell = (m: Point): boolean => minima.same(minima.below(m), minimumBelow);
  const corner = (i: number, j: number): boolean => {
    const key = i * 2 * cells + ((j + 2 * cells) % (2 * cells));
    let inside = known.get(key);
    if (inside === undefined) {
      const [theta, phi] = [i * width, j * width];
      inside = isInWell([Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)]);
      known.set(key, inside);
    }
    return inside;
  };
  /** What all corners around the cell of m say, if no minimum is near that says otherwise. */
  const shared = (m: Point): boolean | undefined => {
    const i = Math.floor(Math.acos(Math.max(-1, Math.min(1, m[2]))) / width);
    const j = Math.floor(Math.atan2(m[1], m[0]) / width);
    // near the poles cells are narrow and their neighbours say little
    if (i < 2 || i > cells - 3) return undefined;
    const inside = corner(i, j);
    for (let a = -1; a <= 2; a++)
      for (let b = -1; b <= 2; b++) if (corner(i + a, j + b) !== inside) return undefined;
    const strange = minima.anchors.some(
      ({ at, minimum }) => minima.same(minimum, minimumBelow) !== inside && isNear(at, m),
    );
    return strange ? undefined : inside;
  };
  return (m) => shared(m) ?? isInWell(m);
}
