import type { Expression } from "../../expression/expression.ts";
import { mul, sqrt, sub } from "../../expression/expression.ts";
import { margin } from "../../expression/margin.ts";
import { dot } from "../../expression/vector.ts";
import { surfaceGradient } from "../../physics/dynamics.ts";

/** −ζ(½)/√(2π): mean overshoot of a Gaussian walk over a barrier, in units of its step (Siegmund 1979). */
export const overshoot = 0.5825971579390106;

/**
 * The margin of a condition that is looked at only once a step, moved so that it is met as often as the
 * continuous path meets the true one: by 0.5826 √(2Dh) |∇g| (Broadie, Glasserman and Kou 1997; Gobet and Menozzi
 * 2010). Negative where the condition counts as met.
 */
export function watchedMargin(condition: Expression, diffusion: Expression, timeStep: number): Expression {
  const g = margin(condition);
  const slope = surfaceGradient(g);
  return sub(g, mul(overshoot, sqrt(mul(2 * timeStep, diffusion, dot(slope, slope)))));
}
