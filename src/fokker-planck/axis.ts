import { decided } from "../expression/decide.ts";
import type { Expression } from "../expression/expression.ts";
import type { AxisEquation } from "../expression/rotation-axis.ts";
import { axisEquations } from "../expression/rotation-axis.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Vec3 } from "./frame.ts";
import { inner, unit } from "./frame.ts";

/** Part of an equation, relative to the torques of its function of time, that counts as rounding. */
const tolerance = 1e-12;

/** The exact side begins at zero and may be asked for any later time. */
const anyTime = { low: 0, high: Number.POSITIVE_INFINITY };

const known = new WeakMap<Expression, readonly AxisEquation[]>();

function equationsOf(of: Expression): readonly AxisEquation[] {
  const equations = known.get(of) ?? axisEquations(decided([of], { t: anyTime })[0]);
  known.set(of, equations);
  return equations;
}

/**
 * The axis u with Ψ and Ω functions of u·m alone at all times, or undefined. Constant potentials take z. It comes from the
 * form of the expressions: no time is looked at, so none is overlooked. What has an axis only by an identity that the form does not
 * show has none here, and is solved on the whole sphere.
 */
export function sharedAxis({ psi, omega }: Dynamics): Vec3 | undefined {
  const equations = [psi, omega].flatMap(equationsOf);
  if (equations.length === 0) return [0, 0, 1];
  const matrix = new Float64Array(9);
  for (const v of equations) for (let i = 0; i < 9; i++) matrix[i] += v[(i / 3) | 0] * v[i % 3];
  const axis = snapped(symmetricEigen3(matrix).vectors[0]);
  return turnsAbout([psi, omega], axis) ? axis : undefined;
}

/** Whether the functions are functions of axis·m alone at all times. */
export const turnsAbout = (functions: readonly Expression[], axis: Vec3): boolean =>
  functions.flatMap(equationsOf).every((v) => Math.abs(inner(v, axis)) < tolerance);

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
