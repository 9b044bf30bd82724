import type { FlowGrid } from "./flow-grid.ts";
import type { Transition } from "./transition.ts";

/** Tables for a walk along the trace. */
export interface Prepared {
  readonly grid: FlowGrid;
  readonly steps: readonly Transition[];
  /** Probability density of a sample, [phase][bin·size + point]. */
  readonly emissions: readonly Float64Array[];
  /** Probabilities of the points before the first sample. */
  readonly start: Float64Array;
}
