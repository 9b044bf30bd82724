import type { Expression } from "../expression/expression.ts";
import { add, mul } from "../expression/expression.ts";
import { at, m } from "../expression/vector.ts";
import { areParallel, inner } from "../numerics/parallel.ts";
import type { Dynamics } from "../physics/dynamics.ts";

/** A direction or axis in ordinary space. */
export type Vec3 = readonly [number, number, number];

/** Right-handed orthonormal axes, given in the laboratory; a frame's own z axis is its third. */
export type Frame = readonly [Vec3, Vec3, Vec3];

/** The frame with the axes x, y, z of the laboratory. */
export const laboratory: Frame = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

const outer = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
/** a / |a|. */
export const unit = (a: Vec3): Vec3 => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** A frame whose z axis points along `axis`; the laboratory frame if that does. */
export function frameAlong(axis: Vec3): Frame {
  const z = unit(axis);
  if (z[2] > 0 && areParallel(z, laboratory[2])) return laboratory;
  const least = z.map(Math.abs).indexOf(Math.min(...z.map(Math.abs)));
  const x = unit(outer([+(least === 0), +(least === 1), +(least === 2)], z));
  return [x, outer(z, x), z];
}

/** Whether a frame is that of the laboratory. */
export const isLaboratory = (frame: Frame): boolean => frame.every((axis, i) => axis[i] === 1);

/** Laboratory components to components in the frame. */
export const intoFrame = (frame: Frame, v: Vec3): Vec3 => [
  inner(frame[0], v),
  inner(frame[1], v),
  inner(frame[2], v),
];

/** Components in the frame to laboratory components. */
export const outOfFrame = (frame: Frame, v: Vec3): Vec3 => [
  frame[0][0] * v[0] + frame[1][0] * v[1] + frame[2][0] * v[2],
  frame[0][1] * v[0] + frame[1][1] * v[1] + frame[2][1] * v[2],
  frame[0][2] * v[0] + frame[1][2] * v[1] + frame[2][2] * v[2],
];

/** Rewrites expressions of the laboratory's m as expressions of the frame's m. */
export function expressionsInFrame<Roots extends readonly Expression[]>(
  frame: Frame,
  of: Roots,
): { [K in keyof Roots]: Expression } {
  if (isLaboratory(frame)) return of.map((expression) => expression) as { [K in keyof Roots]: Expression };
  const component = (i: number) => add(...m.map((x, j) => mul(frame[j][i], x)));
  return at(of, [component(0), component(1), component(2)]);
}

/** Dynamics given in the laboratory as functions of the frame's m. */
export function dynamicsInFrame(frame: Frame, { psi, omega, diffusion }: Dynamics): Dynamics {
  const [psiThere, omegaThere] = expressionsInFrame(frame, [psi, omega]);
  return { psi: psiThere, omega: omegaThere, diffusion };
}
