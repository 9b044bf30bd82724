import type { Expression } from "../expression/expression.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import type { Spread } from "../physics/spread.ts";
import type { PlannedObservable } from "./planned.ts";
import type { CompletedExperiment } from "./schema.ts";

export type { Gathering, PlannedObservable } from "./planned.ts";

/**
 * An experiment in reduced units, where time is in 1/(γ'B_K): all that ensembles, the Fokker–Planck side and the
 * closed forms need. Expressions depend on mx, my, mz, t and the names in `spreads`.
 */
export interface Problem {
  readonly experiment: CompletedExperiment;
  /** What one reduced unit is: `time` in s, 1/(γ'B_K); `field` B_K in T; `energy` ½ Ms v B_K in J. */
  readonly units: { readonly time: number; readonly field: number; readonly energy: number };
  readonly dynamics: Dynamics;
  /** V in `units.energy`; at constant parameters L V is half of it. */
  readonly energy: Expression;
  /** V/kT, or null at zero temperature. */
  readonly energyOverKT: Expression | null;
  /** Gilbert damping, independent of m. It is needed to split Ψ and Ω into the parts of energy and spin transfer. */
  readonly alpha: Expression;
  /** Per-spin parameters, scaled to order one. */
  readonly spreads: readonly Spread[];
  readonly initial: InitialLaw;
  readonly ensemble: number;
  readonly seed: number;
  readonly timeStep: number;
  readonly steps: number;
  readonly integrator: string;
  readonly variates: "dyadic" | "gaussian" | "none";
  /** Reduced times of the kinks and jumps of drives within the duration, ascending. */
  readonly breakpoints: readonly number[];
  readonly observables: readonly PlannedObservable[];
  /** Whether the exact side is computed. */
  readonly compare: boolean;
  /** Estimated seconds that the exact side may take for one stationary state. */
  readonly exactSeconds?: number;
  /** The longest step that `auto` would take. */
  readonly timeStepLimit: number;
  /** Warnings for the user before the run, in sentences. */
  readonly warnings: readonly string[];
}
