import type { IslandEstimate, Stage } from "./splitting.ts";

/** What the islands of a rare event saw; reduced units. */
export interface RareEventCounts {
  /** ln of the probability at the end, or of the rate, by island; −∞ where an island has seen nothing. */
  readonly logs: readonly number[];
  /** Families that carry each island, and the variance seen within it; where the event is at the end. */
  readonly families?: readonly Omit<IslandEstimate, "log">[];
  /** ln of the rate by island over the first and the second half of what was counted. */
  readonly halves?: readonly [readonly number[], readonly number[]];
  readonly stages: readonly Stage[];
  readonly spins: number;
  readonly timeStep: number;
  readonly steps: number;
  /** Where the potential that leads to the event comes from. */
  readonly source: string;
  /** How deep the event is, in kT: −ln of its foreseen probability, or the barrier. */
  readonly climb: number;
  /** Wall times, s. */
  readonly seconds: { readonly stepping: number; readonly resampling: number };
}
