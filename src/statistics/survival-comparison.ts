import type { CountsComparison, CountsOptions } from "./counts.ts";
import { compareCounts } from "./counts.ts";
import type { NumericArray } from "./numeric-array.ts";

/**
 * Passages counted in time bins against an exact S(t), all watched for the same time: chi-squared of the counts and the
 * survivors. `survivalAtEdges` holds S at the edges, one more than the bins; passages before the first edge (S(0) < 1
 * when some start inside the set) belong to the first bin. This test has more power; use it whenever no spin is
 * censored early.
 */
export function compareSurvivalCounts(
  observable: string,
  counts: NumericArray,
  survivalAtEdges: NumericArray,
  samples: number,
  options: Omit<CountsOptions, "samples"> = {},
): CountsComparison {
  const probabilities = Array.from(
    counts,
    (_, i) => (i === 0 ? 1 : survivalAtEdges[i]) - survivalAtEdges[i + 1],
  );
  return compareCounts(observable, counts, probabilities, { ...options, samples });
}
