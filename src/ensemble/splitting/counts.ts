/** The effect of one stage on some of the islands. */
export interface StageOfIslands {
  /** Effective share of each island's spins before resampling. */
  readonly effective: readonly number[];
  /** Number of islands that were resampled, and of their spins that lost their places. */
  readonly resampled: number;
  readonly moved: number;
}

/** The effect of one stage on all islands. */
export interface Stage {
  /** Smallest and mean effective share of an island's spins before resampling. */
  readonly leastEffective: number;
  readonly meanEffective: number;
  /** Share of the islands that were resampled. */
  readonly resampled: number;
  /** Share of the resampled islands' spins that kept a place. */
  readonly surviving: number;
}

/** One island's estimate of an expectation. */
export interface IslandEstimate {
  /** Natural logarithm of the estimate, which is unbiased; −∞ if no spin of the island contributes. */
  readonly log: number;
  /** Number of spins at the start whose descendants contribute to the estimate. */
  readonly ancestors: number;
  /** Σ over ancestors of the square of their descendants' share: the relative variance of the island, estimated within it. */
  readonly familyVariance: number;
}

/** The islands' results for a rare event; reduced units. */
export interface SplittingCounts {
  /** ln of the probability at the end, or of the rate, by island; −∞ if an island saw no event. */
  readonly logs: readonly number[];
  /** Number of families that contribute in each island, and the variance within it; for an event at the end. */
  readonly families?: readonly Omit<IslandEstimate, "log">[];
  /** ln of the rate by island over the first and the second half of what was counted. */
  readonly halves?: readonly [readonly number[], readonly number[]];
  /** ln of the figure by island with half the step, if it was counted too; independent of the others. */
  readonly halved?: readonly number[];
  readonly stages: readonly Stage[];
  readonly spins: number;
  readonly timeStep: number;
  readonly steps: number;
  /** The origin of the potential that guides spins to the event. */
  readonly source: string;
  /** The same for the potential of the odd islands, if they have another one. */
  readonly rival?: string;
  /** How deep the event is, in kT: −ln of its predicted probability, or the barrier. */
  readonly climb: number;
  /** Share of the probability that comes from starts too rare for the ensemble, for an event at the end. */
  readonly unseenStart?: number;
  /** Whether half of the spins started at a temperature at which high energies are as frequent as low ones; weights correct for it. */
  readonly isTempered?: boolean;
  /** Wall times, s. */
  readonly seconds: { readonly stepping: number; readonly resampling: number };
}
