import type { Expression } from "../expression/expression.ts";
import type { Binning } from "../physics/binning.ts";
import type { Dynamics } from "../physics/dynamics.ts";

export interface Problem {
  readonly experiment: unknown;
  readonly units: { readonly time: number; readonly field: number; readonly energy: number };
  readonly dynamics: Dynamics;
  readonly energy: Expression;
  readonly energyOverKT: Expression | null;
  readonly spreads: readonly {
    readonly name: string;
    readonly path: string;
    readonly distribution: "normal" | "lognormal" | "uniform";
    readonly mean: number;
    readonly deviation: number;
  }[];
  readonly initial: InitialState;
  readonly ensemble: number;
  readonly seed: number;
  readonly timeStep: number;
  readonly steps: number;
  readonly integrator: string;
  readonly variates: "dyadic" | "gaussian" | "none";
  readonly breakpoints: readonly number[];
  readonly observables: readonly PlannedObservable[];
  readonly compare: boolean;
}
export type InitialState =
  | { readonly kind: "direction"; readonly m: readonly [number, number, number] }
  | { readonly kind: "uniform" }
  | { readonly kind: "boltzmann"; readonly energyOverKT: Expression }
  | { readonly kind: "well"; readonly energyOverKT: Expression; readonly m: readonly [number, number, number] };
export type PlannedObservable =
  | { readonly type: "moments"; readonly name: string; readonly steps: readonly number[] }
  | { readonly type: "histogram"; readonly name: string; readonly binning: Binning; readonly steps: readonly number[] }
  | { readonly type: "firstPassage"; readonly name: string; readonly until: Expression }
  | { readonly type: "dwell"; readonly name: string; readonly up: Expression; readonly down: Expression }
  | { readonly type: "spectrum"; readonly name: string; readonly of: Expression; readonly everySteps: number }
  | { readonly type: "trajectory"; readonly name: string; readonly spins: number; readonly everySteps: number }
  | { readonly type: "entropyProduction"; readonly name: string; readonly steps: readonly number[] };
