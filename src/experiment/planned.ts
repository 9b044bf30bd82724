import type { Expression } from "../expression/expression.ts";
import type { Binning } from "../physics/binning.ts";

/** Samples at the multiples of `every` from step `from` on, before the last step. */
export interface Gathering {
  readonly every: number;
  readonly from: number;
}

/**
 * What is recorded at which steps; each observable adds its own properties. Step k is at the reduced time k · timeStep; steps ascend.
 * Without `steps` or `everySteps` it is sampled once, after the last step.
 */
export interface PlannedObservable {
  /** Its entry in the list of observables. */
  readonly type: string;
  /** Unique in an experiment. */
  readonly name: string;
  readonly steps?: readonly number[];
  readonly everySteps?: number;
  /** It has its own exact partner, so no density is computed at its steps. */
  readonly withoutDensities?: true;
  /** Bins of the sphere that are counted at these steps. */
  readonly binning?: Binning;
  /** Instead of records: samples every so many steps, from one step on, that are added up. */
  readonly gather?: Gathering;
  /** A set whose first entry is detected. If spins start near its rim, crossings between steps are detected too. */
  readonly until?: Expression;
}
