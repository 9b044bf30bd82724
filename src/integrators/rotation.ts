import type { Operand } from "../expression/expression.ts";
import { add, div, mul, sub } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import { cross, dot, plus, scale } from "../expression/vector.ts";

/** A rotation as a quaternion of any length. (1, s) is the Cayley rotation, by the angle 2 arctan|s| about s. */
export interface Turn {
  readonly real: Operand;
  readonly imaginary: Vector;
}

/** The Cayley rotation by the angle 2 arctan|s| about s. */
export const cayley = (s: Vector): Turn => ({ real: 1, imaginary: s });

/**
 * The rotation by the angle 2|s| about s. The Cayley rotation needs tan|s|, taken from the Padé approximant
 * tan x / x = (1 − x²/15)/(1 − 2x²/5), whose error is 6e-4 x⁶.
 */
export function throughAngle(s: Vector): Turn {
  const squared = dot(s, s);
  return { real: sub(1, mul(0.4, squared)), imaginary: scale(sub(1, mul(1 / 15, squared)), s) };
}

/** Rotates m; keeps |m| exactly. */
export function turned({ real, imaginary }: Turn, m: Vector): Vector {
  const nm = cross(imaginary, m);
  const moved = plus(scale(real, nm), cross(imaginary, nm));
  return plus(m, scale(div(2, add(mul(real, real), dot(imaginary, imaginary))), moved));
}

/** Composes two rotations, `second` after `first`: one division instead of two. */
export const turnedTwice = (first: Turn, second: Turn): Turn => ({
  real: sub(mul(first.real, second.real), dot(first.imaginary, second.imaginary)),
  imaginary: plus(
    plus(scale(second.real, first.imaginary), scale(first.real, second.imaginary)),
    cross(second.imaginary, first.imaginary),
  ),
});
