import { bounds } from "../expression/bounds.ts";
import { largestValue } from "../expression/largest-value.ts";
import { surfaceGradientSquared } from "../physics/surface-derivatives.ts";
import { dyadicLarge, dyadicSmall } from "../random/variates.ts";
import type { Problem } from "./problem.ts";
import { boxOf } from "./spread-box.ts";

/** Sixth cumulant of the dyadic variate, the first that differs from a Gaussian's: E x⁶ − 15. */
const sixthCumulant = (dyadicLarge ** 6 + 7 * dyadicSmall ** 6) / 8 - 15;

/**
 * Mean of v_x⁶ + v_y⁶ + v_z⁶ over the precession of a unit vector v, and mean of |∇Ψ|⁴ relative to its maximum along the climb of a
 * uniaxial well.
 */
const [alongAxes, alongWay] = [5 / 8, 8 / 15];
/**
 * Below a barrier of this many kT escapes follow no definite path and have no shift; above, the shift grows as 1 − 4/S, S the barrier in
 * kT.
 */
const shallow = 4;

/**
 * Estimate of the largest shift of ln k that dyadic variates cause, k the rate of the rarest events that the ensemble can show; with the
 * opposite sign. An escape climbs against the drift with the momentum p = ∇Ψ/D, and ln E exp(√(2Dh) p·(m×ξ)) is p²Dh and κ₆(2Dh)³
 * Σ(p×m)_i⁶/720, so that
 *
 *   δ ln k = κ₆ (2D)³h²/720 ∫ Σ(p×m)_i⁶ dt,   dt = dΨ/|∇Ψ|²  along the climb.
 *
 * With the profile of a uniaxial well and its largest slope this is −1.47e-3 α²h²Δ³, which the eigenvalues of the transition operator
 * approach as 1 − 4/Δ. Events rarer than one in all steps of all spins do not occur in a run.
 */
export function dyadicTailShift(
  problem: Pick<Problem, "dynamics" | "spreads" | "steps" | "timeStep" | "ensemble">,
): number {
  const { dynamics, timeStep, steps, ensemble } = problem;
  const box = boxOf(problem);
  const effort = { tolerance: 0.1, work: 600 };
  const diffusion = bounds(dynamics.diffusion, box, effort).low.attained;
  const { low, high } = bounds(dynamics.psi, box, effort);
  const depth = Math.min((high.attained - low.attained) / diffusion, Math.log(ensemble * steps));
  if (!(depth > shallow)) return 0;
  const slopeSquared = largestValue(surfaceGradientSquared(dynamics.psi), box, 0);
  const climb = alongAxes * alongWay * (slopeSquared / diffusion) ** 2 * depth;
  return ((-sixthCumulant * 8 * timeStep ** 2) / 720) * climb * (1 - shallow / depth);
}
