import type { Expression } from "../expression/expression.ts";
import { constant, mul, sqrt } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import type { Vector } from "../expression/vector.ts";
import { cross, m, normalized, plus, scale } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { rotationField } from "../physics/dynamics.ts";
import { drivesOver } from "./drive.ts";
import type { Integrator, VariateLaw } from "./integrator.ts";
import { xi } from "./variates.ts";

/** Length √(2Dh) of the increment that goes with a unit variate. */
export const increment = (diffusion: Expression, timeStep: number, law: VariateLaw): Expression =>
  law === "none" ? constant(0) : sqrt(mul(2 * timeStep, diffusion));

/** A(m) h + √(2Dh) ξ with the mean of the drives over the step: the rotation of one step, frozen at m. */
export function stepRotation(
  dynamics: Dynamics,
  timeStep: number,
  law: VariateLaw,
  breakpoints: readonly number[],
): (at: Vector) => Vector {
  const middle = drivesOver(dynamics, { from: 0, to: timeStep }, breakpoints)(0);
  const field = rotationField(middle);
  const noise = scale(increment(middle.diffusion, timeStep, law), xi);
  return (at) =>
    plus(scale(timeStep, substitute(field, { mx: at[0], my: at[1], mz: at[2] }) as Vector), noise);
}

/** Stochastic Heun with renormalization after each step: the customary scheme of the field, and its baseline. */
export const heun: Integrator = {
  name: "heun",
  weakOrder: 1,
  calculus: "Stratonovich",
  source: "J. L. García-Palacios and F. J. Lázaro, Phys. Rev. B 58, 14937 (1998)",
  stepLimit: 0.02,
  build(dynamics, timeStep, variates, breakpoints = []) {
    const rotation = stepRotation(dynamics, timeStep, variates, breakpoints);
    const slope = cross(m, rotation(m));
    const predicted = plus(m, slope);
    const corrected = plus(m, scale(0.5, plus(slope, cross(predicted, rotation(predicted)))));
    return { step: normalized(corrected), observed: m, passing: m, stored: m, refresh: m };
  },
};
