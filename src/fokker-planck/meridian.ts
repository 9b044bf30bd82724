import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { constant, mul, sqrt, sub, variable } from "../expression/expression.ts";
import { polynomial } from "../expression/polynomial.ts";
import { substitute } from "../expression/rewrite.ts";
import { timeline } from "../expression/timeline.ts";
import { at, m, magnetization } from "../expression/vector.ts";
import type { Frame } from "./frame.ts";
import { expressionsInFrame } from "./frame.ts";

/** A function of z = axis·m. */
export interface Meridian {
  (z: number): number;
  /** Where it should be cut so that a few nodes resolve each piece; between them there are no narrower features. */
  readonly marks?: readonly number[];
}

/** Longest piece, in steps on which the function is a straight line to 0.1 %. */
const piece = 8;
const mostMarks = 4000;

/** The variable of a function on the meridian. */
export const [, , alongMeridian] = magnetization;

/** A function of the frame's m on the meridian y = 0. */
export const onMeridian = (of: Expression): Expression => {
  const z = m[2];
  return at([of], [sqrt(sub(1, mul(z, z))), constant(0), z])[0];
};

/** Ψ as a function of z = axis·m. */
export function alongAxis(frame: Frame, of: Expression): Meridian {
  const [there] = expressionsInFrame(frame, [of]);
  const meridian = onMeridian(there);
  const value = compileScalar(meridian, [alongMeridian]);
  // polynomials have no narrow features
  return polynomial(there) ? value : Object.assign(value, { marks: marksOf(meridian) });
}

/** A timeline works for any variable, here for the one along the meridian. */
const alongTimeline = (meridian: Expression) =>
  timeline(substitute([meridian], { [alongMeridian]: variable("t") }), -1, 1);

/** Heights z at which a function of the frame's m has kinks or jumps on its meridian. */
export const kinksOfMeridian = (there: Expression): readonly number[] =>
  alongTimeline(onMeridian(there)).breakpoints;

function marksOf(meridian: Expression): number[] {
  return alongTimeline(meridian)
    .stretches.flatMap(({ from, to, longestStep }) => {
      const count = Math.min(mostMarks, Math.max(1, Math.ceil((to - from) / (piece * longestStep))));
      return Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 1)) / count);
    })
    .filter((mark) => mark < 1);
}
