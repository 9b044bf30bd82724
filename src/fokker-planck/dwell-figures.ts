/** What a two-threshold trace shows in the stationary state. */
export interface Dwell {
  readonly up: { readonly mean: number };
  readonly down: { readonly mean: number };
  readonly occupationUp: number;
  /** Changes from down to up per unit of time. */
  readonly transitionRate: number;
  readonly errorEstimate: number;
}

/** Every up dwell is followed by a down dwell: both means from one rate and one occupation. */
export const dwellFrom = (
  { transitionRate, occupationUp }: { transitionRate: number; occupationUp: number },
  errorEstimate: number,
): Dwell => ({
  up: { mean: occupationUp / transitionRate },
  down: { mean: (1 - occupationUp) / transitionRate },
  occupationUp,
  transitionRate,
  errorEstimate,
});
