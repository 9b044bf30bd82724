import { beside, tangents } from "./directions.ts";
import type { Landscape, Point } from "./landscape.ts";
import { minimaOf } from "./minima.ts";

/** A minimum of the energy and the lowest barrier out of it. */
export interface WellBarrier {
  readonly bottom: Point;
  /** kT */
  readonly energy: number;
  /** Height above the minimum of the lowest saddle on a way to another minimum, kT; null if there is no other. */
  readonly barrier: number | null;
  readonly saddle: Point | null;
}

/** Rows of the mesh from pole to pole; there are twice as many columns. */
const rows = 120;
const columns = 2 * rows;
/** Arc of finite differences, rad, at which errors of fourth order and of rounding are equal. */
const arc = 2e-3;
const mostNewtonSteps = 30;

/**
 * Minima of a landscape with the barriers between them. The mesh is flooded from below; where the floods of two minima
 * meet, Newton's method finds the saddle. Energies of saddles have an error of about 1e-8 of the span.
 */
export function wellBarriers(landscape: Landscape): WellBarrier[] {
  const minima = minimaOf(landscape);
  const bottoms: Point[] = [];
  const known: number[] = [];
  for (const { at, minimum } of minima.anchors) {
    const i = known.findIndex((other) => minima.same(other, minimum));
    if (i < 0) {
      known.push(minimum);
      bottoms.push(at);
    } else if (landscape.energy(at) < landscape.energy(bottoms[i])) bottoms[i] = at;
  }
  const ways = bottoms.map((): { saddle: Point } | null => null);
  if (bottoms.length > 1) flood(landscape, bottoms, (well, at) => (ways[well] ??= { saddle: at }));
  return bottoms.map((bottom, i) => {
    const energy = landscape.energy(bottom);
    const saddle = ways[i]?.saddle ?? null;
    return { bottom, energy, saddle, barrier: saddle && landscape.energy(saddle) - energy };
  });
}

/** Finds for each well the saddle over which it first meets another. */
function flood(
  { energy }: Landscape,
  bottoms: readonly Point[],
  meet: (well: number, at: Point) => void,
): void {
  const point = (k: number): Point => {
    const theta = ((Math.floor(k / columns) + 0.5) * Math.PI) / rows;
    const phi = ((k % columns) * 2 * Math.PI) / columns;
    return [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
  };
  const count = rows * columns;
  const heights = Float64Array.from({ length: count }, (_, k) => energy(point(k)));
  const order = Uint32Array.from(heights.keys()).sort((a, b) => heights[a] - heights[b]);
  const parent = new Int32Array(count).fill(-1);
  const wells = new Map<number, number[]>();
  for (const [well, bottom] of bottoms.entries()) {
    const row = Math.min(
      rows - 1,
      Math.floor((Math.acos(Math.max(-1, Math.min(1, bottom[2]))) / Math.PI) * rows),
    );
    const column = Math.round((Math.atan2(bottom[1], bottom[0]) / (2 * Math.PI)) * columns);
    const node = row * columns + ((column + columns) % columns);
    wells.set(node, [...(wells.get(node) ?? []), well]);
  }
  const root = (k: number): number => {
    while (parent[k] !== k) k = parent[k] = parent[parent[k]];
    return k;
  };
  for (const k of order) {
    parent[k] = k;
    for (const neighbour of neighboursOf(k)) {
      if (parent[neighbour] < 0) continue;
      const [a, b] = [root(k), root(neighbour)];
      if (a === b) continue;
      const [here, there] = [wells.get(a) ?? [], wells.get(b) ?? []];
      if (here.length > 0 && there.length > 0) {
        const saddle = nearestSaddle(energy, point(k));
        for (const well of [...here, ...there]) meet(well, saddle);
      }
      parent[b] = a;
      wells.set(a, [...here, ...there]);
    }
  }
}

/** Neighbours of a node; those of the first and last row include nodes across the pole. */
function neighboursOf(k: number): number[] {
  const [row, column] = [Math.floor(k / columns), k % columns];
  const found: number[] = [];
  for (let i = -1; i <= 1; i++)
    for (let j = -1; j <= 1; j++) {
      if (i === 0 && j === 0) continue;
      const beyond = row + i < 0 || row + i >= rows;
      const at = beyond ? row : row + i;
      found.push(at * columns + ((column + j + (beyond ? columns / 2 : 0) + columns) % columns));
    }
  return found;
}

/**
 * The stationary point that Newton's method finds from m (on a ring of saddles the nearest one), or m itself if it
 * finds none.
 */
function nearestSaddle(energy: (m: Point) => number, from: Point): Point {
  let at = from;
  for (let i = 0; i < mostNewtonSteps; i++) {
    const frame = tangents(at);
    const e = (u: number, v: number): number => energy(beside(at, frame, u * arc, v * arc));
    const [centre, right, left, up, down] = [e(0, 0), e(1, 0), e(-1, 0), e(0, 1), e(0, -1)];
    const [a, b] = [(right - left) / (2 * arc), (up - down) / (2 * arc)];
    const [pp, qq] = [(right - 2 * centre + left) / arc ** 2, (up - 2 * centre + down) / arc ** 2];
    const pq = (e(1, 1) - e(1, -1) - e(-1, 1) + e(-1, -1)) / (4 * arc * arc);
    const [mean, spread] = [(pp + qq) / 2, Math.hypot((pp - qq) / 2, pq)];
    const angle = Math.atan2(2 * pq, pp - qq) / 2;
    let [u, v] = [0, 0];
    for (const [curvature, turn] of [
      [mean + spread, angle],
      [mean - spread, angle + Math.PI / 2],
    ]) {
      // along a ring there is no slope and almost no curvature
      if (Math.abs(curvature) < 1e-5 * (Math.abs(mean) + spread)) continue;
      const step = -(a * Math.cos(turn) + b * Math.sin(turn)) / curvature;
      u += step * Math.cos(turn);
      v += step * Math.sin(turn);
    }
    const size = Math.hypot(u, v);
    if (!Number.isFinite(size)) return from;
    const share = Math.min(1, 0.1 / size);
    at = beside(at, frame, u * share, v * share);
    if (size < 1e-9) break;
  }
  const moved = Math.hypot(at[0] - from[0], at[1] - from[1], at[2] - from[2]);
  return moved < 0.2 ? at : from;
}
