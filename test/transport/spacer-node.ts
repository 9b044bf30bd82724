import type { SpinTorque } from "../../src/transport/spin-torque.ts";
import { solveDense } from "./dense.ts";

/**
 * The spacer's node equation with vectors in space and no algebra done beforehand: both interfaces' spin currents are
 * one, for the unknown accumulation U per J0 (Ω m²). Returns U = x p + y m + w m×p and what the free layer absorbs,
 * over sinθ, along −m×(m×p) and m×p.
 */
export function solveNode(
  { polarizer, free }: Pick<SpinTorque, "polarizer" | "free">,
  re: number,
  im: number,
  c: number,
) {
  const s = Math.sqrt(1 - c * c);
  const [p, m] = [
    [0, 0, 1],
    [s, 0, c],
  ];
  const cross = (a: number[], b: number[]) => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const dot = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum + v * b[i], 0);
  const absorbed = (axis: number[], r: number, U: number[]) => {
    const along = dot(U, axis);
    const turned = cross(axis, U);
    return U.map((u, i) => (along * axis[i]) / r + re * (u - along * axis[i]) + im * turned[i]);
  };
  const columns = [0, 1, 2].map((i) => {
    const unit = [0, 1, 2].map((k) => (k === i ? 1 : 0));
    const [l, r] = [absorbed(p, polarizer.r, unit), absorbed(m, free.r, unit)];
    return l.map((v, k) => v + r[k]);
  });
  const source = [0, 1, 2].map((k) => polarizer.p * p[k] - free.p * m[k]);
  const matrix = [0, 1, 2].map((k) => columns.map((column) => column[k]));
  const U = solveDense(matrix, source);
  // U = x p + y m + w m×p
  const y = U[0] / s;
  const x = U[2] - y * c;
  const into = absorbed(m, free.r, U);
  const along = dot(into, m);
  const transverse = into.map((v, i) => v - along * m[i]);
  const normal = cross(m, p).map((v) => v / s);
  const inPlane = p.map((v, i) => (v - c * m[i]) / s); // −m×(m×p)/s
  return { x, y, dampingLike: dot(transverse, inPlane) / s, fieldLike: dot(transverse, normal) / s };
}
