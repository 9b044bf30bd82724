import type { Expression } from "../expression/expression.ts";
import type { Vec3 } from "./frame.ts";

/** How an ensemble starts. Energies are of the laboratory's mx, my, mz, in units of kT. */
export type InitialDensity =
  | { readonly kind: "direction"; readonly m: Vec3 }
  | { readonly kind: "uniform" }
  | { readonly kind: "boltzmann"; readonly energyOverKT: Expression }
  /** Boltzmann, restricted to the steepest-descent basin of the energy that holds m. */
  | { readonly kind: "well"; readonly energyOverKT: Expression; readonly m: Vec3 };
