import { checked } from "./check.ts";
import { lineOf } from "./line.ts";
import { resistanceOf } from "./resistance.ts";
import { withFreeLayer } from "./spacer-sides.ts";
import type { StackInput } from "./stack-schema.ts";
import { stackSchema } from "./stack-schema.ts";

/** Whole areal resistances at uniform temperature, Ω m². */
export interface Magnetoresistance {
  /** Free layer along the polarizer. */
  readonly parallel: number;
  /** Free layer against it. */
  readonly antiparallel: number;
  /** R_AP − R_P. */
  readonly difference: number;
  /** (R_AP − R_P)/R_P, without unit. */
  readonly ratio: number;
}

/**
 * Resistance for both states of the free layer, each a full collinear solution that includes the spacer's thickness and
 * spin flip.
 * @throws RangeError where the stack breaks a rule, or names no spacer or free layer.
 */
export function magnetoresistance(input: StackInput): Magnetoresistance {
  const stack = checked(stackSchema, input, "stack");
  const total = (state: "parallel" | "antiparallel") =>
    resistanceOf(lineOf(withFreeLayer(stack, state))).total;
  const [parallel, antiparallel] = [total("parallel"), total("antiparallel")];
  const difference = antiparallel - parallel;
  return { parallel, antiparallel, difference, ratio: difference / parallel };
}
