import { compileScalar } from "../expression/compile.ts";
import { variablesOf } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { solveAxial } from "./axial.ts";
import { sharedAxis } from "./axis.ts";
import { solveDeepWell } from "./deep-well/deep-well.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { solveFullSphere } from "./full-sphere.ts";
import type { FokkerPlanckOptions, FokkerPlanckSolution } from "./solution.ts";

/**
 * Solves the Fokker–Planck equation of a macrospin: in one dimension if Ψ and Ω share an axis (any axis); around the bottom of a deep
 * well if practically all spins are there; otherwise on the full sphere. Null with the reason if there is nothing to solve (D = 0) or the
 * potentials cannot be resolved.
 */
export function solveFokkerPlanck(
  dynamics: Dynamics,
  options: FokkerPlanckOptions = {},
): Exact<FokkerPlanckSolution> {
  const { time = 0 } = options;
  const unknown = [...variablesOf(dynamics.psi, dynamics.omega, dynamics.diffusion)].filter(
    (name) => ![...magnetization, "t"].includes(name),
  );
  if (unknown.length > 0) return outOfReach(`no value is given for ${unknown.join(", ")}`);
  if (magnetization.some((name) => variablesOf(dynamics.diffusion).has(name)))
    return outOfReach("the diffusion constant depends on the direction");
  const diffusion = compileScalar(dynamics.diffusion, ["t"])(time);
  if (diffusion === 0) return outOfReach("at zero temperature (D = 0) the ensemble has no density");
  if (!(diffusion > 0 && Number.isFinite(diffusion)))
    return outOfReach(`the diffusion constant is ${diffusion}`);
  const axis = sharedAxis(dynamics);
  let solved: Exact<FokkerPlanckSolution> | undefined;
  const whole = (): Exact<FokkerPlanckSolution> =>
    (solved ??= axis ? solveAxial(dynamics, axis, options) : solveFullSphere(dynamics, options));
  // with an axis the solution on the whole sphere costs little
  if (axis && whole().value?.converged) return whole();
  const deep = solveDeepWell(dynamics, { axis, whole });
  return deep ? exactly(deep) : whole();
}
