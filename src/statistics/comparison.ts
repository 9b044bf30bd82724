/**
 * One test of the ensemble against the exact side. `pValue` is the probability, were the exact side right (and the
 * stated bias allowed), of a statistic at least as far off as this one. A test that could not be made has a null
 * p-value and a reason: it is neither passed nor failed.
 */
export interface Comparison {
  /** What is compared, e.g. "histogram of mz at t = 1e-8 s". */
  readonly observable: string;
  /** Name of the compared observable; absent if the comparison belongs to no single observable. */
  readonly of?: string;
  /** Which test, e.g. "chi-squared". */
  readonly test: string;
  readonly statistic: number | null;
  /** Null for tests without degrees of freedom (a z-score). */
  readonly degreesOfFreedom: number | null;
  readonly pValue: number | null;
  readonly reason?: string;
  /** What the ensemble is compared with; absent: the exact solution. */
  readonly against?: "equation of motion";
  /** Keys of the figures that this test covers. */
  readonly figures?: readonly string[];
}

/** The same comparison with the keys of its figures. */
export const speakingOf = <T extends Comparison>(figures: readonly string[], comparison: T): T => ({
  ...comparison,
  figures,
});

/** A test that could not be made, with the reason. */
export const notCompared = (observable: string, test: string, reason: string): Comparison => ({
  observable,
  test,
  statistic: null,
  degreesOfFreedom: null,
  pValue: null,
  reason,
});

/** The reason of a test that an ensemble is too small for. */
export const tooFewSpins = (spins: number, needed: number): string =>
  `${spins} ${spins === 1 ? "spin" : "spins"}, at least ${needed} are needed`;
