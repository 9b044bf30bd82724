import type { Vec3 } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { synthesize } from "./harmonics.ts";

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

/**
 * Values of several expansions in harmonics at any point, at a cost independent of their degree: the expansions are tabulated at equal
 * steps of θ and φ, continued over the poles (f(−θ, φ) = f(θ, φ + π)), and local polynomials are taken through `points` neighbours along
 * each angle (even). The error is 3e-6 of what the highest degree contributes with 12 points, 2e-4 with 8, and for lower degrees it
 * decreases as the degree to the power `points`. Returns a function that writes one value for each expansion; only the direction of its
 * argument matters.
 */
export function interpolated(
  index: HarmonicIndex,
  expansions: readonly Float64Array[],
  points: number,
): (point: Vec3, into: Float64Array) => void {
  const before = points / 2 - 1;
  const rows = Math.max(points, (perWavelength / 2) * index.lmax);
  const columns = index.mmax === 0 ? 1 : Math.max(2 * points, perWavelength * index.mmax);
  const width = columns === 1 ? 1 : columns + points;
  const across = columns === 1 ? 1 : points;
  const size = (rows + 2 * points) * width;
  const table = new Float64Array(size * expansions.length);
  const nodes = Float64Array.from({ length: rows }, (_, i) => Math.cos(((i + 0.5) * Math.PI) / rows));
  const grid = { rule: { nodes, weights: nodes }, azimuths: columns };
  expansions.forEach((expansion, k) => {
    const values = synthesize(index, grid, expansion);
    for (let padded = 0; padded < rows + 2 * points; padded++) {
      const row = padded - points;
      const mirrored = row < 0 ? -1 - row : row >= rows ? 2 * rows - 1 - row : row;
      const half = row === mirrored ? 0 : columns >> 1;
      for (let column = 0; column < width; column++) {
        const turned = (column + columns - (columns === 1 ? 0 : before) + half) % columns;
        table[k * size + padded * width + column] = values[mirrored * columns + turned];
      }
    }
  });
  const weights = lagrange(points);
  const alongTheta = new Float64Array(points);
  const alongPhi = new Float64Array(across).fill(1);
  return ([x, y, z], into) => {
    const theta = (Math.atan2(Math.sqrt(x * x + y * y), z) * rows) / Math.PI - 0.5;
    const row = Math.floor(theta);
    weights(theta - row, alongTheta);
    let column = 0;
    if (columns > 1) {
      const phi = ((Math.atan2(y, x) / (2 * Math.PI) + 1) * columns) % columns;
      column = Math.floor(phi);
      weights(phi - column, alongPhi);
    }
    const corner = (row - before + points) * width + column;
    for (let k = 0; k < into.length; k++) {
      let value = 0;
      for (let i = 0, at = k * size + corner; i < points; i++, at += width) {
        let line = 0;
        for (let j = 0; j < across; j++) line += alongPhi[j] * table[at + j];
        value += alongTheta[i] * line;
      }
      into[k] = value;
    }
  };
}
