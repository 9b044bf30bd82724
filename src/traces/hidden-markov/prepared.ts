import type { FlowGrid } from "./flow-grid.ts";
import type { Transition } from "./transition.ts";

/** Everything that a walk along the trace looks up. */
export interface Prepared {
  readonly grid: FlowGrid;
  readonly steps: readonly Transition[];
  /** Probability density of a sample, [phase][bin·size + point]. */
  readonly emissions: readonly Float64Array[];
  /** Of the points, before the first sample. */
  readonly start: Float64Array;
}
