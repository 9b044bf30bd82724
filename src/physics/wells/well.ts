import { around } from "./directions.ts";
import type { Landscape, Point } from "./landscape.ts";
import type { Minima } from "./minima.ts";
import { isCloserThan, minimaOf } from "./minima.ts";

/** A steepest-descent basin. Its minimum may be a direction, a ring or a plateau. */
export interface Well {
  /** A direction of lowest energy. */
  readonly bottom: Point;
  holds(m: Point): boolean;
}

/** Directions this close to m (rad) must belong to its well. */
const margin = 1e-4;
/** Cells over the polar angle; twice as many over the azimuth. */
const cells = 48;
const width = Math.PI / cells;
/**
 * Offset of the first column, in cells: ridges often lie on the planes of the axes, where descent is slow and does not
 * represent its surroundings.
 */
const offset = 0.38;
const isNear = isCloserThan(4 * width);

/** Why a direction is in no well, as the rule that it breaks; undefined if it is in one. */
export function whyInNoWell(landscape: Landscape, m: Point): string | undefined {
  const minima = minimaOf(landscape, 0);
  const minimumBelow = minima.below(m);
  const isInside =
    minima.isMinimum(landscape.descend(m)) &&
    around(m, margin).every((beside) => minima.same(minima.below(beside), minimumBelow));
  return isInside ? undefined : "must lie in a well: it is on a ridge, a saddle or a maximum of the energy";
}

/**
 * The steepest-descent basin that holds m: the one definition of a well, for ensembles and densities alike. A point
 * exactly on a ridge may count to either side.
 */
export function wellOf(landscape: Landscape, m: Point): Well {
  const minima = minimaOf(landscape);
  const minimumBelow = minima.below(m);
  const own = minima.anchors.filter(({ minimum }) => minima.same(minimum, minimumBelow)).map(({ at }) => at);
  const bottom = own.reduce((low, at) => (landscape.energy(at) < landscape.energy(low) ? at : low));
  return { bottom, holds: membership(landscape, minima, minimumBelow) };
}

/** State of a corner, or of all corners around a cell; zero means unknown. */
const [inside, outside, divided] = [1, -1, 2];

/**
 * Decides for any direction whether it descends to the minimum. Inside cells whose corners all agree, no descent is
 * needed.
 */
function membership({ descend }: Landscape, minima: Minima, minimumBelow: number): (m: Point) => boolean {
  // one row of corners more than of cells
  const corners = new Int8Array((cells + 1) * 2 * cells);
  const around = new Int8Array(cells * 2 * cells);
  const place = (i: number, j: number): number => i * 2 * cells + ((j + 2 * cells) % (2 * cells));
  const corner = (i: number, j: number): number => {
    const at = place(i, j);
    if (corners[at] === 0) {
      const [theta, phi] = [i * width, (j + offset) * width];
      const m: Point = [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
      corners[at] = isInWell(m) ? inside : outside;
    }
    return corners[at];
  };
  /** The common answer of all corners around a cell; descends from unknown corners only if `isAsked`. */
  const aroundCell = (i: number, j: number, isAsked: boolean): number => {
    const at = place(i, j);
    if (around[at] !== 0) return around[at];
    const said = isAsked ? corner(i, j) : corners[at];
    for (let a = -1; a <= 2; a++)
      for (let b = -1; b <= 2; b++) {
        const other = isAsked ? corner(i + a, j + b) : corners[place(i + a, j + b)];
        if (other === 0) return 0;
        if (other !== said) return said === 0 ? 0 : (around[at] = divided);
      }
    around[at] = said;
    return said;
  };
  const rowOf = (z: number): number => Math.floor(Math.acos(Math.max(-1, Math.min(1, z))) / width);
  const columnOf = (x: number, y: number): number => Math.floor(Math.atan2(y, x) / width - offset);
  // near the poles cells are narrow and their corners represent little
  const isNarrow = (i: number): boolean => i < 2 || i > cells - 3;
  /** Whether a minimum with the other answer is near. */
  const isStrange = (m: Point, said: number): boolean =>
    minima.anchors.some(
      ({ at, minimum }) => minima.same(minimum, minimumBelow) !== (said === inside) && isNear(at, m),
    );
  const shared = (m: Point): boolean | undefined => {
    const i = rowOf(m[2]);
    if (isNarrow(i)) return undefined;
    const said = aroundCell(i, columnOf(m[0], m[1]), true);
    return said === divided || isStrange(m, said) ? undefined : said === inside;
  };
  /** A path may stop where the answer is already known. */
  const isInWell = (m: Point): boolean => {
    let found = 0;
    let last = -1;
    const end = descend(m, (x, y, z) => {
      const i = rowOf(z);
      if (isNarrow(i)) return false;
      const j = columnOf(x, y);
      const at = place(i, j);
      if (at === last) return false;
      last = at;
      found = aroundCell(i, j, false);
      if (found === divided || (found !== 0 && isStrange([x, y, z], found))) found = 0;
      return found !== 0;
    });
    return found === 0 ? minima.same(minima.below(end), minimumBelow) : found === inside;
  };
  return (m) => shared(m) ?? isInWell(m);
}
