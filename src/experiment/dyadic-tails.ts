import { bounds } from "../expression/bounds.ts";
import { largestValue } from "../expression/largest-value.ts";
import { surfaceGradientSquared } from "../physics/surface-derivatives.ts";
import { dyadicLarge, dyadicSmall } from "../random/variates.ts";
import type { Problem } from "./problem.ts";
import { boxOf } from "./spread-box.ts";

/** Sixth cumulant of the dyadic variate, the first that is not a Gaussian's: E x⁶ − 15. */
const sixthCumulant = (dyadicLarge ** 6 + 7 * dyadicSmall ** 6) / 8 - 15;

/** Mean of v_x⁶ + v_y⁶ + v_z⁶ over the turns of a unit vector that precesses, and of |∇Ψ|⁴ over its largest on the way up a uniaxial well. */
const [alongAxes, alongWay] = [5 / 8, 8 / 15];
/** Barriers below so many kT are climbed in no definite way, and the shift has not begun: it is as 1 − 4/S. */
const shallow = 4;

/**
 * About the largest shift of ln k, of the rate of rare events that an ensemble can meet, by dyadic variates; of the other sign.
 * An escape climbs against the drift with the momentum p = ∇Ψ/D, and ln E exp(√(2Dh) p·(m×ξ)) is p²Dh and κ₆(2Dh)³ Σ(p×m)_i⁶/720, so that
 *
 *   δ ln k = κ₆ (2D)³h²/720 ∫ Σ(p×m)_i⁶ dt,   dt = dΨ/|∇Ψ|²  along the climb.
 *
 * With the profile of a uniaxial well and its largest slope this is −1.47e-3 α²h²Δ³, which the eigenvalues of the transition operator
 * approach as 1 − 4/Δ. Events rarer than one in all steps of all spins are not met.
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
