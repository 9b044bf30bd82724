import type { Expression } from "../expression/expression.ts";
import type { Binning } from "../physics/binning.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Triple } from "../physics/parameter.ts";
import type { Spread } from "../physics/spread.ts";
import type { CompletedExperiment } from "./schema.ts";

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
  /** Gilbert damping, free of m: what parts Ψ and Ω into energy and transfer. */
  readonly alpha: Expression;
  /** Per-spin parameters, scaled to order one. */
  readonly spreads: readonly Spread[];
  readonly initial: Initial;
  readonly ensemble: number;
  readonly seed: number;
  readonly timeStep: number;
  readonly steps: number;
  readonly integrator: string;
  readonly variates: "dyadic" | "gaussian" | "none";
  /** Reduced times of the kinks and jumps of drives within the duration, ascending. */
  readonly breakpoints: readonly number[];
  readonly observables: readonly PlannedObservable[];
  /** Whether the exact side is wanted. */
  readonly compare: boolean;
  /** Estimated seconds that the exact side may take for one stationary state. */
  readonly exactSeconds?: number;
  /** The step that `auto` would take at most. */
  readonly timeStepLimit: number;
  /** What is worth knowing before the run, in sentences. */
  readonly warnings: readonly string[];
}

/** Energies are V/kT at t = 0 with the torques off. */
export type Initial =
  | { readonly kind: "direction"; readonly m: Triple }
  | { readonly kind: "uniform" }
  | { readonly kind: "boltzmann"; readonly energyOverKT: Expression }
  | { readonly kind: "well"; readonly energyOverKT: Expression; readonly m: Triple };

/** Looks at the multiples of `every` from step `from` on, before the last step. */
export interface Gathering {
  readonly every: number;
  readonly from: number;
}

/**
 * What is recorded, at which steps; each observable adds what it needs. Step k is at the reduced time k · timeStep; steps ascend.
 * Without `steps` or `everySteps` it is looked at once, after the last step.
 */
export interface PlannedObservable {
  /** Its entry in the list of observables. */
  readonly type: string;
  /** Unique in an experiment. */
  readonly name: string;
  readonly steps?: readonly number[];
  readonly everySteps?: number;
  /** Bins of the sphere that are counted at these steps. */
  readonly binning?: Binning;
  /** Instead of records: looks at every so many steps, from a step on, which are added up. */
  readonly gather?: Gathering;
  /** A set that is looked for from the start on: where spins start near its rim they are watched between steps. */
  readonly until?: Expression;
}
