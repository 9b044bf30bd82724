/** What one stage did to some of the islands. */
export interface StageOfIslands {
  /** Effective share of each island's spins before resampling. */
  readonly effective: readonly number[];
  /** Islands that were resampled, and their spins that lost their places. */
  readonly resampled: number;
  readonly moved: number;
}

/** What one stage did to all islands. */
export interface Stage {
  /** Least and mean effective share of an island's spins before resampling. */
  readonly leastEffective: number;
  readonly meanEffective: number;
  /** Share of the islands that were resampled. */
  readonly resampled: number;
  /** Share of the spins, over the resampled islands, that kept a place. */
  readonly surviving: number;
}

/** What one island says of an expectation. */
export interface IslandEstimate {
  /** Natural logarithm of the estimate, which is unbiased; −∞ where no spin of the island has a part in it. */
  readonly log: number;
  /** Spins at the start whose descendants carry the estimate. */
  readonly ancestors: number;
  /** Σ over ancestors of the square of their descendants' share: the relative variance of the island seen from within. */
  readonly familyVariance: number;
}

/** What the islands of a rare event saw; reduced units. */
export interface RareEventCounts {
  /** ln of the probability at the end, or of the rate, by island; −∞ where an island has seen nothing. */
  readonly logs: readonly number[];
  /** Families that carry each island, and the variance seen within it; where the event is at the end. */
  readonly families?: readonly Omit<IslandEstimate, "log">[];
  /** ln of the rate by island over the first and the second half of what was counted. */
  readonly halves?: readonly [readonly number[], readonly number[]];
  /** ln of the figure by island with half the step, where that was asked for: independent of the others. */
  readonly halved?: readonly number[];
  readonly stages: readonly Stage[];
  readonly spins: number;
  readonly timeStep: number;
  readonly steps: number;
  /** Where the potential that leads to the event comes from. */
  readonly source: string;
  /** The same of the potential that leads the islands of odd number, where another one does. */
  readonly rival?: string;
  /** How deep the event is, in kT: −ln of its foreseen probability, or the barrier. */
  readonly climb: number;
  /** Share of the probability that comes from starts too rare for the ensemble, where the event is at the end. */
  readonly unseenStart?: number;
  /** Whether half of the spins began at a temperature at which high starts are no rarer than low ones, with weights for it. */
  readonly isTempered?: boolean;
  /** Wall times, s. */
  readonly seconds: { readonly stepping: number; readonly resampling: number };
}
