import type { Expression } from "../../expression/expression.ts";
import type { Triple } from "../parameter.ts";

/** Every spin in one direction. */
export interface OneDirection {
  readonly direction: Triple;
}

/** Every direction alike. */
export interface Isotropic {
  readonly isotropic: true;
}

/** The density exp(−U)/Z over the whole sphere. */
export interface EnergyDensity {
  /** U in kT, at t = 0. */
  readonly energyOverKT: Expression;
  /** Where U is the magnet's own energy: stationary, as long as no torque acts and nothing changes. */
  readonly isEquilibrium?: true;
}

/** The same within one well of U: the steepest-descent basin that holds a direction. */
export interface WellDensity {
  readonly energyOverKT: Expression;
  readonly wellOf: Triple;
}

/** How directions are distributed at t = 0: what ensembles draw from and the exact side starts from, whatever entry it came from. */
export type InitialLaw = OneDirection | Isotropic | EnergyDensity | WellDensity;

/** The direction that a law names, in which the ensemble starts or whose well it fills. */
export function namedDirection(law: InitialLaw): Triple | undefined {
  if ("direction" in law) return law.direction;
  return "wellOf" in law ? law.wellOf : undefined;
}
