import { largest, smallest } from "../numerics/extremes.ts";
import { throughGaussNodes } from "../numerics/gauss-interpolation.ts";
import { gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import { shareAbove } from "./above-level.ts";
import type { AxialProfile } from "./axial-profile.ts";
import { panelSize } from "./axial-profile.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { outOfFrame } from "./frame.ts";
import type { SphereGrid } from "./harmonics.ts";

/** Points of quadrature, column by column: directions in a frame, stationary probability, and the slowest left eigenvector. */
export interface StateSamples {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly mass: Float64Array;
  readonly mode: Float64Array;
  /** Changes of the mode across the cell of each point, in two directions. */
  readonly alongRow: Float64Array;
  readonly acrossRows: Float64Array;
}

/** One of the parts that the slowest mode divides the sphere into. */
interface Part {
  readonly weight: number;
  /** Mean of the mode. */
  readonly value: number;
  /** Mean direction. */
  readonly m: Vec3;
}

/** Divides the sphere at the level halfway between the flat parts of the mode, into the parts above and below. */
export function dividedStates(samples: StateSamples, frame: Frame): readonly [Part, Part] {
  const { x, y, z, mass, mode, alongRow, acrossRows } = samples;
  // halfway between the flat parts, because the mean would lie in the well of larger weight
  const middle = (smallest(mode) + largest(mode)) / 2;
  const above = new Float64Array(5);
  const below = new Float64Array(5);
  const add = (to: Float64Array, k: number, share: number): void => {
    to[0] += share;
    to[1] += share * mode[k];
    to[2] += share * x[k];
    to[3] += share * y[k];
    to[4] += share * z[k];
  };
  for (let k = 0; k < mass.length; k++) {
    const share = shareAbove(mode[k] - middle, alongRow[k], acrossRows[k]);
    if (share > 0) add(above, k, share * mass[k]);
    if (share < 1) add(below, k, (1 - share) * mass[k]);
  }
  const total = above[0] + below[0];
  const part = ([weight, value, ...m]: Float64Array): Part => ({
    weight: weight / total,
    value: value / weight,
    m: outOfFrame(frame, m.map((sum) => sum / weight) as unknown as Vec3),
  });
  return [part(above), part(below)];
}

/** The points of a grid with mode and density. */
export function samplesOnGrid(
  { rule, azimuths }: SphereGrid,
  mode: Float64Array,
  density: Float64Array,
): StateSamples {
  const [x, y, z, mass, alongRow, acrossRows] = Array.from(
    { length: 6 },
    () => new Float64Array(mode.length),
  );
  const turns = Array.from({ length: azimuths }, (_, j) => (2 * Math.PI * j) / azimuths);
  const [cosines, sines] = [turns.map(Math.cos), turns.map(Math.sin)];
  const last = rule.nodes.length - 1;
  for (let row = 0; row <= last; row++) {
    const height = rule.nodes[row];
    const radius = Math.sqrt(1 - height * height);
    const area = (rule.weights[row] * 2 * Math.PI) / azimuths;
    const [before, after] = [Math.max(0, row - 1), Math.min(last, row + 1)];
    for (let column = 0; column < azimuths; column++) {
      const k = row * azimuths + column;
      x[k] = radius * cosines[column];
      y[k] = radius * sines[column];
      z[k] = height;
      mass[k] = area * density[k];
      const [left, right] = [
        column === 0 ? azimuths - 1 : column - 1,
        column + 1 === azimuths ? 0 : column + 1,
      ];
      alongRow[k] = (mode[row * azimuths + right] - mode[row * azimuths + left]) / 2;
      acrossRows[k] = (mode[after * azimuths + column] - mode[before * azimuths + column]) / (after - before);
    }
  }
  return { x, y, z, mass, mode, alongRow, acrossRows };
}

const onPanel = throughGaussNodes(panelSize);

/**
 * Nodes of a profile, which represent means over the azimuth, with masses and mode. The panel in which the mode crosses the middle
 * between its ends is cut there.
 */
export function samplesOnAxis(
  { z, weights, exponent, density, logPartition }: AxialProfile,
  mode: Float64Array,
): StateSamples {
  const on = (first: number, values: Float64Array, x: number): number => onPanel((i) => values[first + i], x);
  // the ends have no mass, but the extremes of the mode
  const samples = [0, z.length - panelSize].map((first, i) => {
    const x = 2 * i - 1;
    return { at: on(first, z, x), mass: 0, mode: on(first, mode, x) };
  });
  const level = (samples[0].mode + samples[1].mode) / 2;
  for (let first = 0; first < z.length; first += panelSize) {
    const of = (values: Float64Array, x: number): number => on(first, values, x);
    const above = (x: number): boolean => of(mode, x) > level;
    if (above(-1) === above(1)) {
      for (let i = first; i < first + panelSize; i++)
        samples.push({ at: z[i], mass: weights[i] * density[i], mode: mode[i] });
      continue;
    }
    let [low, high] = [-1, 1];
    while (high - low > 4 * Number.EPSILON) {
      const middle = (low + high) / 2;
      if (above(middle) === above(low)) low = middle;
      else high = middle;
    }
    const half = weights.subarray(first, first + panelSize).reduce((sum, weight) => sum + weight / 2, 0);
    for (const [from, to] of [
      [-1, low],
      [low, 1],
    ]) {
      const { nodes, weights: own } = gaussLegendreOn(panelSize, from, to);
      nodes.forEach((x, i) => {
        const mass = half * own[i] * Math.exp(-of(exponent, x) - logPartition);
        samples.push({ at: of(z, x), mass, mode: of(mode, x) });
      });
    }
  }
  const zeros = new Float64Array(samples.length);
  return {
    x: zeros,
    y: zeros,
    z: Float64Array.from(samples, ({ at }) => at),
    mass: Float64Array.from(samples, ({ mass }) => mass),
    mode: Float64Array.from(samples, ({ mode }) => mode),
    alongRow: zeros,
    acrossRows: zeros,
  };
}
