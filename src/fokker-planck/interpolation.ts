import type { Vec3 } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { synthesizeAll } from "./harmonics.ts";

/** Grid points in the shortest wavelength. */
const perWavelength = 8;

/** Lagrange weights of `count` equally spaced points at `x`, 0 ≤ x < 1, the first point at 1 − count/2. */
function lagrange(count: number): (x: number, into: Float64Array) => void {
  const before = count / 2 - 1;
  // barycentric form: alternating binomials over the distances
  const binomials = Float64Array.from({ length: count }, (_, i) => {
    let value = i % 2 === 0 ? 1 : -1;
    for (let k = 1; k <= i; k++) value *= (count - k) / k;
    return value;
  });
  return (x, into) => {
    if (x === 0) {
      into.fill(0);
      into[before] = 1;
      return;
    }
    let sum = 0;
    for (let i = 0; i < count; i++) sum += into[i] = binomials[i] / (x - (i - before));
    for (let i = 0; i < count; i++) into[i] /= sum;
  };
}

/** Sums of values of several expansions, each at weighted points. */
export interface PointSums {
  /** Adds the values at a point, times a weight, to the sums; only the direction of the point matters. */
  add(point: Vec3, weight: number): void;
  /** Writes the sum of each expansion, and the next ones start from zero. */
  take(into: Float64Array): void;
}

/** Expansions that are tabulated at a time, which bounds the memory beside the table. */
const atOnce = 8;

/**
 * Sums of values of expansions in harmonics at any points, at a cost independent of their degree: the expansions are tabulated at equal
 * steps of θ and φ, continued over the poles (f(−θ, φ) = f(θ, φ + π)), and local polynomials are taken through `points` neighbours along
 * each angle (even). The error is 3e-6 of what the highest degree contributes with 12 points, 2e-4 with 8, and for lower degrees it
 * decreases as the degree to the power `points`. Points near each other share neighbours, whose weights are added before any expansion
 * is read.
 */
export function pointSums(
  index: HarmonicIndex,
  expansions: readonly Float64Array[],
  points: number,
): PointSums {
  const before = points / 2 - 1;
  const rows = Math.max(points, (perWavelength / 2) * index.lmax);
  const columns = index.mmax === 0 ? 1 : Math.max(2 * points, perWavelength * index.mmax);
  const across = columns === 1 ? 1 : points;
  const count = expansions.length;
  const nodes = Float64Array.from({ length: rows }, (_, i) => Math.cos(((i + 0.5) * Math.PI) / rows));
  const grid = { rule: { nodes, weights: nodes }, azimuths: columns };
  // expansions side by side at each point
  const table = new Float64Array(rows * columns * count);
  for (let first = 0; first < count; first += atOnce)
    synthesizeAll(index, grid, expansions.slice(first, first + atOnce)).forEach((values, k) => {
      for (let at = 0; at < values.length; at++) table[at * count + first + k] = values[at];
    });
  const weights = lagrange(points);
  const alongTheta = new Float64Array(points);
  const alongPhi = new Float64Array(across).fill(1);
  const share = new Float64Array(rows * columns);
  const isUsed = new Uint8Array(rows * columns);
  let used: number[] = [];
  return {
    add([x, y, z], weight) {
      const theta = (Math.atan2(Math.sqrt(x * x + y * y), z) * rows) / Math.PI - 0.5;
      const row = Math.floor(theta);
      weights(theta - row, alongTheta);
      let column = 0;
      if (columns > 1) {
        const phi = ((Math.atan2(y, x) / (2 * Math.PI) + 1) * columns) % columns;
        column = Math.floor(phi);
        weights(phi - column, alongPhi);
        column += columns - before;
      }
      for (let i = 0; i < points; i++) {
        const beyond = row - before + i;
        const mirrored = beyond < 0 ? -1 - beyond : beyond >= rows ? 2 * rows - 1 - beyond : beyond;
        const part = weight * alongTheta[i];
        let turned = (column + (mirrored === beyond ? 0 : columns >> 1)) % columns;
        for (let j = 0; j < across; j++, turned++) {
          if (turned === columns) turned = 0;
          const at = mirrored * columns + turned;
          share[at] += part * alongPhi[j];
          if (isUsed[at] === 1) continue;
          isUsed[at] = 1;
          used.push(at);
        }
      }
    },
    take(into) {
      into.fill(0);
      for (const at of used) {
        const part = share[at];
        for (let k = 0, from = at * count; k < count; k++) into[k] += part * table[from + k];
        share[at] = isUsed[at] = 0;
      }
      used = [];
    },
  };
}
