import type { Expression } from "../expression/expression.ts";
import { div, mul } from "../expression/expression.ts";
import type { Problem } from "./problem.ts";

/** kT in J as an expression of the reduced time and the spreads: D = α kT/(Ms v B_K), and energies are in ½ Ms v B_K. */
export const thermalEnergyOf = ({ dynamics, alpha, units }: Problem): Expression =>
  mul(2 * units.energy, div(dynamics.diffusion, alpha));
