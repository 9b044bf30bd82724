import type { Expression } from "../../expression/expression.ts";
import type { Triple } from "../parameter.ts";

/** Every spin in one direction. */
export interface OneDirection {
  readonly direction: Triple;
}

/** All directions with the same probability. */
export interface Isotropic {
  readonly isotropic: true;
}

/** The density exp(−U)/Z over the whole sphere. */
export interface EnergyDensity {
  /** U in kT, at t = 0. */
  readonly energyOverKT: Expression;
  /**
   * True if U is the magnet's own energy: the density is then stationary as long as no torque acts and nothing changes.
   */
  readonly isEquilibrium?: true;
}

/** The same within one well of U: the steepest-descent basin that holds a direction. */
export interface WellDensity {
  readonly energyOverKT: Expression;
  readonly wellOf: Triple;
}

/**
 * Distribution of directions at t = 0. Ensembles draw from it, and the exact side starts from it, whichever entry gave
 * it.
 */
export type InitialLaw = OneDirection | Isotropic | EnergyDensity | WellDensity;

/** The direction in a law: the ensemble starts in it, or fills its well. */
export function namedDirection(law: InitialLaw): Triple | undefined {
  if ("direction" in law) return law.direction;
  return "wellOf" in law ? law.wellOf : undefined;
}
