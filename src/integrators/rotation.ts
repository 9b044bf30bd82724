import { add, div, mul, sub } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import { cross, dot, plus, scale } from "../expression/vector.ts";

/** Cayley rotation: the m' that solves m' − m = s×(m + m'). Keeps |m| exactly; the angle is 2 arctan|s|. */
export function cayley(s: Vector, m: Vector): Vector {
  const sm = cross(s, m);
  return plus(m, scale(div(2, add(1, dot(s, s))), plus(sm, cross(s, sm))));
}

/** Two Cayley rotations, first s1 then s2, multiplied as quaternions (1, s): one division instead of two. */
export function cayleyTwice(s1: Vector, s2: Vector, m: Vector): Vector {
  const real = sub(1, dot(s1, s2));
  const imaginary = plus(plus(s1, s2), cross(s2, s1));
  const nm = cross(imaginary, m);
  const turned = plus(scale(real, nm), cross(imaginary, nm));
  return plus(m, scale(div(2, add(mul(real, real), dot(imaginary, imaginary))), turned));
}
