import { decided } from "../expression/decide.ts";
import type { Expression } from "../expression/expression.ts";
import type { AxisEquation } from "../expression/rotation-axis.ts";
import { axisEquations } from "../expression/rotation-axis.ts";
import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";
import { oncePer } from "../numerics/once-per.ts";
import { areParallel, inner } from "../numerics/parallel.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Vec3 } from "./frame.ts";
import { unit } from "./frame.ts";

/** Terms of an equation below this share of the largest torque with the same function of time are rounding. */
const tolerance = 1e-12;

/** The exact side starts at time zero and computes any later time. */
export const anyTime = { low: 0, high: Number.POSITIVE_INFINITY };

/** The equations for a symmetry axis of a function at all times, from the form of its expression. */
export const equationsOf = oncePer((of: Expression): readonly AxisEquation[] =>
  axisEquations(decided([of], { t: anyTime })[0]),
);

/**
 * The axis u with Ψ and Ω functions of u·m alone at all times, or undefined. Constant potentials take z. It follows from the form of the
 * expressions; no times are sampled, so none is missed. Dynamics whose axis follows only from an identity that the form does not show
 * have none here and are solved on the whole sphere.
 */
export function sharedAxis({ psi, omega }: Dynamics): Vec3 | undefined {
  const equations = [psi, omega].flatMap(equationsOf);
  return equations.length === 0 ? [0, 0, 1] : commonAxis(equations);
}

/** The axis that obeys all equations, or undefined if there is none. */
export function commonAxis(equations: readonly AxisEquation[]): Vec3 | undefined {
  const matrix = new Float64Array(9);
  for (const v of equations) for (let i = 0; i < 9; i++) matrix[i] += v[(i / 3) | 0] * v[i % 3];
  const axis = snapped(symmetricEigen3(matrix).vectors[0]);
  return obeys(axis, equations) ? axis : undefined;
}

const obeys = (axis: Vec3, equations: readonly AxisEquation[]): boolean =>
  equations.every((v) => Math.abs(inner(v, axis)) < tolerance);

/** Whether the functions are functions of axis·m alone at all times. */
export const turnsAbout = (functions: readonly Expression[], axis: Vec3): boolean =>
  obeys(axis, functions.flatMap(equationsOf));

/** The axis, pointing up; a coordinate axis without its rounding. */
function snapped(axis: Vec3): Vec3 {
  const u = unit(axis);
  const largest = u.map(Math.abs).indexOf(Math.max(...u.map(Math.abs)));
  const sign = u[2] < -1e-12 || (Math.abs(u[2]) <= 1e-12 && u[largest] < 0) ? -1 : 1;
  const coordinate: Vec3 = [+(largest === 0), +(largest === 1), +(largest === 2)];
  if (areParallel(u, coordinate)) return coordinate;
  return [sign * u[0], sign * u[1], sign * u[2]];
}

/** Eigenvalues (ascending, none below 0) and eigenvectors of a symmetric positive 3×3 matrix, given row by row. */
export function symmetricEigen3(matrix: Float64Array): { values: number[]; vectors: Vec3[] } {
  const rows = [0, 3, 6].map((i) => [...matrix.subarray(i, i + 3)]);
  const { values, vectors } = symmetricEigen(rows);
  return {
    values: values.map((value) => Math.max(value, 0)),
    vectors: vectors.map(([x, y, z]): Vec3 => [x, y, z]),
  };
}
