import { compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { add, square } from "../expression/expression.ts";
import { cross, dot, m } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { ambientGradient } from "../physics/dynamics.ts";
import type { Vec3 } from "./frame.ts";
import { inner, unit } from "./frame.ts";

/** Evenly spread points: a Fibonacci spiral. */
export const spreadPoints = (count: number): Vec3[] =>
  Array.from({ length: count }, (_, i) => {
    const z = 1 - (2 * i + 1) / count;
    const phi = i * Math.PI * (3 - Math.sqrt(5));
    const s = Math.sqrt(1 - z * z);
    return [s * Math.cos(phi), s * Math.sin(phi), z];
  });

/** Torque along the axis, relative to the largest torque, that counts as rounding. */
const tolerance = 1e-12;

/**
 * The axis u with Ψ and Ω functions of u·m alone at all sampled times, or undefined. Constant potentials take z.
 * m×∇f is perpendicular to u at every m exactly then, so u is the null vector of Σ (m×∇f)(m×∇f)ᵀ.
 */
export function sharedAxis({ psi, omega }: Dynamics, times: readonly number[]): Vec3 | undefined {
  const all: Vec3[] = [];
  for (const of of [psi, omega]) {
    const samples = torques(of, times);
    const size = Math.max(...samples.map((v) => Math.hypot(...v)));
    if (size > 0) all.push(...samples.map(([x, y, z]): Vec3 => [x / size, y / size, z / size]));
  }
  if (all.length === 0) return [0, 0, 1];
  const matrix = new Float64Array(9);
  for (const v of all) for (let i = 0; i < 9; i++) matrix[i] += v[(i / 3) | 0] * v[i % 3];
  const axis = snapped(symmetricEigen3(matrix).vectors[0]);
  return all.every((v) => Math.abs(inner(v, axis)) < tolerance) ? axis : undefined;
}

function torques(of: Expression, times: readonly number[]): Vec3[] {
  const field = cross(m, ambientGradient(of));
  const evaluate = compileVector(field, ["mx", "my", "mz", "t"]);
  const out = new Float64Array(3);
  return times.flatMap((t) =>
    spreadPoints(40).map((point): Vec3 => {
      evaluate(out, 0, ...point, t);
      return [out[0], out[1], out[2]];
    }),
  );
}

/** The axis with rounding removed where it is a coordinate axis, pointing up. */
function snapped(axis: Vec3): Vec3 {
  const u = unit(axis);
  const largest = u.map(Math.abs).indexOf(Math.max(...u.map(Math.abs)));
  const sign = u[2] < -1e-12 || (Math.abs(u[2]) <= 1e-12 && u[largest] < 0) ? -1 : 1;
  if (1 - Math.abs(u[largest]) < 1e-14) return [+(largest === 0), +(largest === 1), +(largest === 2)];
  return [sign * u[0], sign * u[1], sign * u[2]];
}

/** Eigenvalues (ascending) and eigenvectors of a symmetric 3×3 matrix by Jacobi rotations. */
export function symmetricEigen3(matrix: Float64Array): { values: number[]; vectors: Vec3[] } {
  const a = matrix.slice();
  const v = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  for (let sweep = 0; sweep < 30; sweep++)
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      if (a[3 * p + q] === 0) continue;
      const theta = (a[4 * q] - a[4 * p]) / (2 * a[3 * p + q]);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const c = 1 / Math.hypot(t, 1);
      const s = t * c;
      for (let k = 0; k < 3; k++) rotate(a, 3 * k + p, 3 * k + q, c, s);
      for (let k = 0; k < 3; k++) rotate(a, 3 * p + k, 3 * q + k, c, s);
      for (let k = 0; k < 3; k++) rotate(v, 3 * k + p, 3 * k + q, c, s);
    }
  const order = [0, 1, 2].sort((i, j) => a[4 * i] - a[4 * j]);
  return {
    values: order.map((i) => Math.max(a[4 * i], 0)),
    vectors: order.map((i): Vec3 => [v[i], v[3 + i], v[6 + i]]),
  };
}

function rotate(a: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [a[i], a[j]];
  a[i] = c * x - s * y;
  a[j] = s * x + c * y;
}

/** |∇Ω×∇Ψ| at its largest over |∇Ω||∇Ψ|: zero where exp(−Ψ/D) is stationary although both forces act. */
export function circulationRatio({ psi, omega }: Dynamics, t: number): number {
  const [a, b] = [ambientGradient(omega), ambientGradient(psi)];
  const square3 = (of: typeof a) => add(...of.map((x) => square(x)));
  const evaluate = compileVector(
    [dot(m, cross(a, b)), square3(cross(m, a)), square3(cross(m, b))],
    ["mx", "my", "mz", "t"],
  );
  const out = new Float64Array(3);
  let [largest, sizeA, sizeB] = [0, 0, 0];
  for (const point of spreadPoints(400)) {
    evaluate(out, 0, ...point, t);
    largest = Math.max(largest, Math.abs(out[0]));
    sizeA = Math.max(sizeA, out[1]);
    sizeB = Math.max(sizeB, out[2]);
  }
  const size = Math.sqrt(sizeA * sizeB);
  return size > 0 ? largest / size : 0;
}
