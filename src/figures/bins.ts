/** Counts in bins at some times, with exact probabilities if there are any. The run may still go on. */
export interface BinnedRecords {
  readonly edges: readonly number[];
  /** Second set of edges of a map: rows are mz (`edges`), columns φ. */
  readonly columnEdges?: readonly number[];
  readonly times: readonly number[];
  readonly counts: readonly (readonly number[])[];
  /** Exact probability of each bin at each time, or null. */
  readonly probabilities: readonly (readonly number[] | null)[] | null;
}

/** Middles of bins. */
export const middles = (edges: readonly number[]): number[] =>
  edges.slice(1).map((edge, i) => (edge + edges[i]) / 2);

/** Fewest expected spins of a bin at which its deviation is nearly normally distributed. */
const fewestExpected = 5;

/**
 * Deviation of every bin from the exact count, in units of its standard error √(N p (1 − p)); null if fewer than five spins are expected.
 */
export function residuals(counts: readonly number[], probabilities: readonly number[]): (number | null)[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n, i) => {
    const expected = total * probabilities[i];
    return expected < fewestExpected ? null : (n - expected) / Math.sqrt(expected * (1 - probabilities[i]));
  });
}
