import { compileScalar, compileVector } from "../expression/compile.ts";
import { magnetization } from "../expression/vector.ts";
import { spreadPoints } from "../numerics/sphere-points.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { surfaceGradient } from "../physics/dynamics.ts";

/**
 * Span of Ψ/D over the sphere in kT, and the largest slope of Ψ over that of Ω, at most one; this is the damping if an energy alone gives
 * both.
 */
export function steepness(
  { psi, omega }: Dynamics,
  diffusion: number,
): { readonly span: number; readonly damping: number } {
  const value = compileScalar(psi, magnetization);
  const gradients = compileVector([...surfaceGradient(psi), ...surfaceGradient(omega)], magnetization);
  const slope = new Float64Array(6);
  let [low, high, relaxing, turning] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const point of spreadPoints(1000)) {
    const here = value(...point) / diffusion;
    [low, high] = [Math.min(low, here), Math.max(high, here)];
    gradients(slope, 0, ...point);
    relaxing = Math.max(relaxing, Math.hypot(slope[0], slope[1], slope[2]));
    turning = Math.max(turning, Math.hypot(slope[3], slope[4], slope[5]));
  }
  return { span: high - low, damping: turning > 0 ? Math.min(1, relaxing / turning) : 1 };
}
