import type { Mesh } from "./mesh.ts";
import { massesOf } from "./mesh.ts";
import type { Reading } from "./reading.ts";
import type { Vec3 } from "./values.ts";
import { cross, dot, unit } from "./values.ts";

/** Degree of the polynomials by which a point is spread over cells, and the reach in cells. */
const degree = 5;
const reach = 4;

/**
 * Weights of cells that reproduce the value at a point of every polynomial of the tangent plane up to the degree: what the dual of an
 * interpolation of high order makes of a delta function. Moments of the result are those of the point to that order.
 */
export function pointMass(mesh: Mesh, point: Vec3): Float64Array {
  const m0 = unit(point);
  const e1 = unit(cross(Math.abs(m0[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], m0));
  const e2 = cross(m0, e1);
  const spacing = Math.max(...mesh.theta.slice(1).map((x, i) => x - mesh.theta[i]), mesh.width);
  const near: { k: number; x: number; y: number; weight: number }[] = [];
  for (let i = 0; i < mesh.rings; i++)
    for (let j = 0; j < mesh.columns; j++) {
      const m = mesh.at(mesh.centre[i], (j + 0.5) * mesh.width);
      const [x, y] = [dot(m, e1) / spacing, dot(m, e2) / spacing];
      const distance = Math.hypot(x, y);
      if (dot(m, m0) > 0 && distance < reach)
        near.push({
          k: i * mesh.columns + j,
          x,
          y,
          // cells crowd near the pole of the mesh: each counts by its area
          weight: mesh.area[i] * Math.exp(-((distance / 2) ** 2)),
        });
    }
  const powers = Array.from({ length: degree + 1 }, (_, n) =>
    Array.from({ length: n + 1 }, (_, k) => [n - k, k]),
  ).flat();
  const size = powers.length;
  const basis = near.map(({ x, y }) => powers.map(([a, b]) => x ** a * y ** b));
  const gram = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (_, b) =>
      near.reduce((sum, { weight }, k) => sum + weight * basis[k][a] * basis[k][b], 0),
    ),
  );
  const multipliers = solveDense(
    gram,
    powers.map((_, k) => (k === 0 ? 1 : 0)),
  );
  const mass = new Float64Array(mesh.rings * mesh.columns);
  near.forEach(({ k, weight }, n) => {
    mass[k] = weight * basis[n].reduce((sum, value, a) => sum + value * multipliers[a], 0);
  });
  return mass;
}

/** Gauss's elimination with row pivots. */
function solveDense(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i]]);
  for (let p = 0; p < n; p++) {
    let best = p;
    for (let r = p + 1; r < n; r++) if (Math.abs(a[r][p]) > Math.abs(a[best][p])) best = r;
    [a[p], a[best]] = [a[best], a[p]];
    for (let r = p + 1; r < n; r++) {
      const factor = a[r][p] / a[p][p];
      for (let c = p; c <= n; c++) a[r][c] -= factor * a[p][c];
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let r = n - 1; r >= 0; r--) {
    x[r] = a[r][n];
    for (let c = r + 1; c < n; c++) x[r] -= a[r][c] * x[c];
    x[r] /= a[r][r];
  }
  return x;
}

/** Masses scaled to a sum of one. */
export function normalized(mass: Float64Array): Float64Array {
  const total = mass.reduce((sum, x) => sum + x, 0);
  return mass.map((x) => x / total);
}

/**
 * The ensemble at t = 0 on a mesh. A well is understood where its rim is a circle about the mesh's axis: `rim` then holds the polar
 * angles between which it lies.
 */
export function startOf(mesh: Mesh, reading: Reading, rim?: readonly [number, number]): Float64Array {
  const { type, m } = reading.initial as { type: string; m: Vec3 };
  if (type === "direction") return pointMass(mesh, m);
  if (type === "uniform") return normalized(massesOf(mesh, () => 1));
  const least = Math.min(
    ...massesOf(mesh, reading.energyOverKT).map((x, k) => x / mesh.area[Math.floor(k / mesh.columns)]),
  );
  const boltzmann = massesOf(mesh, (at) => Math.exp(least - reading.energyOverKT(at)));
  if (type === "well") {
    if (!rim) throw new Error("the oracle knows no rim of this well");
    for (let i = 0; i < mesh.rings; i++)
      if (mesh.centre[i] < rim[0] || mesh.centre[i] > rim[1])
        boltzmann.fill(0, i * mesh.columns, (i + 1) * mesh.columns);
  }
  return normalized(boltzmann);
}
