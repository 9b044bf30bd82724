import type { Expression } from "../expression/expression.ts";
import { constant, mul, sqrt } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import { cross, normalized, plus, scale } from "../expression/vector.ts";
import type { Model } from "../physics/model.ts";
import { rotationFields, spinsOf, variatesOf } from "../physics/model.ts";
import { drivesOver } from "./drive.ts";
import type { VariateLaw } from "./integrator.ts";
import { at, integrator } from "./integrator.ts";

/** Increment √(2Dh) per unit variate. */
export const increment = (diffusion: Expression, timeStep: number, law: VariateLaw): Expression =>
  law === "none" ? constant(0) : sqrt(mul(2 * timeStep, diffusion));

/** A(m) h + √(2Dh) ξ of each spin with the mean of the drives over the step: the rotation of one step, with the field of a given state. */
export function stepRotations(
  model: Model,
  timeStep: number,
  law: VariateLaw,
  breakpoints: readonly number[],
): (places: readonly Vector[]) => Vector[] {
  const middle = drivesOver(model, { from: 0, to: timeStep }, breakpoints)(0);
  const fields = rotationFields(middle);
  const noises = variatesOf(middle).map((xi, i) =>
    scale(increment(middle.noise[i].diffusion, timeStep, law), xi),
  );
  return (places) => at(fields, model, places).map((field, i) => plus(scale(timeStep, field), noises[i]));
}

/**
 * Stochastic Heun with renormalization after each step: the usual scheme in micromagnetics, here the
 * baseline.
 */
export const heun = integrator({
  name: "heun",
  weakOrder: 1,
  source: "J. L. García-Palacios and F. J. Lázaro, Phys. Rev. B 58, 14937 (1998)",
  stepLimit: 0.02,
  steps(model, timeStep, law, breakpoints) {
    const spins = spinsOf(model);
    const rotations = stepRotations(model, timeStep, law, breakpoints);
    const slopes = rotations(spins).map((rotation, i) => cross(spins[i], rotation));
    const predicted = spins.map((m, i) => plus(m, slopes[i]));
    const ends = rotations(predicted).map((rotation, i) => cross(predicted[i], rotation));
    return spins.map((m, i) => {
      const corrected = plus(m, scale(0.5, plus(slopes[i], ends[i])));
      return { step: normalized(corrected), observed: m, passing: m, stored: m, refresh: m };
    });
  },
});
