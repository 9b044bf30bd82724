import { compileVector } from "../../expression/compile.ts";
import { gradient } from "../../expression/differentiate.ts";
import type { Expression } from "../../expression/expression.ts";
import { add, div, mul, sub, variable } from "../../expression/expression.ts";
import { at } from "../../expression/vector.ts";
import { symmetricEigen } from "../../linear-algebra/symmetric-eigen.ts";
import { inner } from "../../numerics/parallel.ts";
import type { Frame, Vec3 } from "../frame.ts";
import { expressionsInFrame, frameAlong, outOfFrame } from "../frame.ts";

/**
 * The plane that touches the sphere at the bottom of a well, by stereographic projection, with coordinates u in which exp(−U) is a standard
 * normal density there: (X, Y) = scale·u along the principal axes of U's curvature, m = (X, Y, 1 − r²/4)/(1 + r²/4), r² = X² + Y².
 */
export interface Chart {
  /** Its z axis points to the bottom, x and y along the principal axes. */
  readonly frame: Frame;
  /** Widths of the well along both, in radians. */
  readonly scale: readonly [number, number];
  /** The direction in the laboratory at u. */
  direction(u: number, v: number): Vec3;
  /** The coordinates u of a direction. */
  place(m: Vec3): [number, number];
  /** Solid angle per area of u. */
  area(u: number, v: number): number;
}

/** Names of the variables X and Y in expressions. */
const plane = ["X", "Y"] as const;

/** A function of the frame's m as one of X and Y. */
export function onPlane(of: Expression): Expression {
  const [x, y] = plane.map(variable);
  const quarter = mul(0.25, add(mul(x, x), mul(y, y)));
  const whole = add(1, quarter);
  return at([of], [div(x, whole), div(y, whole), div(sub(1, quarter), whole)])[0];
}

/** Slopes of functions of X and Y: ∂/∂X and ∂/∂Y of each in turn. */
export function slopesOnPlane(of: readonly Expression[]): (out: Float64Array, x: number, y: number) => void {
  const compiled = compileVector(
    of.flatMap((f) => gradient(f, plane)),
    plane,
  );
  return (out, x, y) => compiled(out, 0, x, y);
}

/** The chart around the bottom of U; undefined if U does not increase from there in both directions of both axes. */
export function chartAround(potential: Expression, bottom: Vec3): Chart | undefined {
  const first = frameAlong(bottom);
  const there = onPlane(expressionsInFrame(first, [potential])[0]);
  const slopes = gradient(there, plane);
  const curves = new Float64Array(4);
  compileVector(
    slopes.flatMap((slope) => gradient(slope, plane)),
    plane,
  )(curves, 0, 0, 0);
  const { values, vectors } = symmetricEigen([
    [curves[0], curves[1]],
    [curves[2], curves[3]],
  ]);
  if (!values.every((curvature) => curvature > 0 && Number.isFinite(curvature))) return undefined;
  const along = ([a, b]: readonly number[]): Vec3 => outOfFrame(first, [a, b, 0]);
  const [x, z] = [along(vectors[0]), first[2]];
  // make it right-handed for any signs of the vectors
  const frame: Frame = [
    x,
    [z[1] * x[2] - z[2] * x[1], z[2] * x[0] - z[0] * x[2], z[0] * x[1] - z[1] * x[0]],
    z,
  ];
  const scale = [1 / Math.sqrt(values[0]), 1 / Math.sqrt(values[1])] as const;
  return {
    frame,
    scale,
    direction(u, v) {
      const [a, b] = [scale[0] * u, scale[1] * v];
      const quarter = (a * a + b * b) / 4;
      const whole = 1 + quarter;
      return outOfFrame(frame, [a / whole, b / whole, (1 - quarter) / whole]);
    },
    place(m) {
      const stretch = 2 / (1 + inner(z, m));
      return [(inner(frame[0], m) * stretch) / scale[0], (inner(frame[1], m) * stretch) / scale[1]];
    },
    area(u, v) {
      const whole = 1 + ((scale[0] * u) ** 2 + (scale[1] * v) ** 2) / 4;
      return (scale[0] * scale[1]) / (whole * whole);
    },
  };
}
