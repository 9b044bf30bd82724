import { compileScalar } from "../expression/compile.ts";
import { substitute } from "../expression/rewrite.ts";
import type { EnergyAccount } from "../physics/powers.ts";
import { mediumEntropyRate, powers } from "../physics/powers.ts";
import { surfaceLaplacian } from "../physics/surface-derivatives.ts";
import { expansionDegree } from "./degree.ts";
import type { Density } from "./density.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { instantaneous } from "./instantaneous.ts";
import { informationOf } from "./relative-entropy.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { solveFokkerPlanck } from "./solve.ts";

/**
 * Entropy in k_B and energies in kT, per unit of time or summed over an interval. −∇Ψ counts as irreversible and m×∇Ω as
 * reversible. Housekeeping is total minus non-adiabatic; in a transient it may be negative.
 */
export interface EntropyAccount {
  readonly total: number;
  readonly nonAdiabatic: number;
  readonly housekeeping: number;
  readonly heatToBath: number;
  readonly workOfTransfer: number;
  readonly workOfDrive: number;
}

const highestDegree = 120;

/** Means over a density at time t of the rates at which entropy and energy are given away; polynomials if the potentials are. */
export function flowOf(
  { dynamics }: FokkerPlanckSolution,
  account: EnergyAccount,
  density: Density,
  t: number,
) {
  const { workOfTransfer, workOfDrive, heatToBath } = powers(dynamics, account);
  // first take the time derivatives, then insert the time
  const [medium, transfer, drive, heat] = substitute(
    [mediumEntropyRate(dynamics), workOfTransfer, workOfDrive, heatToBath] as const,
    { t },
  ).map((of) => density.mean(of));
  return { medium, workOfTransfer: transfer, workOfDrive: drive, heatToBath: heat };
}

/** Entropy production per time in the stationary state, at constant parameters: ⟨|∇Ψ|²⟩/D − ⟨ΔΨ⟩, without division by ρ. */
export function stationaryEntropyProduction(
  solution: FokkerPlanckSolution,
  account: EnergyAccount,
): Exact<EntropyAccount> {
  const stationary = solution.stationary();
  if (stationary.value === null) return stationary;
  // if harmonics do not resolve the potentials, their grids give no mean of the forces
  const { psi, omega } = instantaneous(solution.dynamics, solution.time);
  if ([psi, omega].some((of) => expansionDegree(of, highestDegree) === undefined))
    return outOfReach(`the potentials are not resolved by spherical harmonics up to degree ${highestDegree}`);
  const { medium, ...energies } = flowOf(solution, account, stationary.value, solution.time);
  // constant parameters do no work, whatever their slope at that time, so the heat is the work of the spin transfer
  return exactly({ total: medium, nonAdiabatic: 0, housekeeping: medium, ...energies, workOfDrive: 0 });
}

/** Entropy production per time of any density at time t, relative to the stationary density of the parameters at t. */
export function entropyProductionOf(
  solution: FokkerPlanckSolution,
  account: EnergyAccount,
  density: Density,
  t = solution.time,
): Exact<EntropyAccount> {
  const held =
    t === solution.time
      ? exactly(solution)
      : solveFokkerPlanck(instantaneous(solution.dynamics, t), { frame: density.frame });
  if (held.value === null) return held;
  const stationary = held.value.stationary();
  if (stationary.value === null) return stationary;
  if (density.frame.some((axis, i) => axis.some((x, j) => x !== stationary.value.frame[i][j])))
    return outOfReach("the density and the stationary state are given in different frames");
  const diffusion = compileScalar(solution.dynamics.diffusion, ["t"])(t);
  const { own, relative } = informationOf(density, stationary.value);
  const { medium, ...energies } = flowOf(solution, account, density, t);
  // dS/dt = D∫ρ|∇ln ρ|² − ⟨ΔΨ⟩, and medium = ⟨|∇Ψ|²⟩/D − ⟨ΔΨ⟩
  const total = medium + diffusion * own - density.mean(surfaceLaplacian(held.value.dynamics.psi));
  const nonAdiabatic = diffusion * relative;
  return exactly({ total, nonAdiabatic, housekeeping: total - nonAdiabatic, ...energies });
}
