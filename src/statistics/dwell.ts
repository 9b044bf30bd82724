import type { Comparison } from "./comparison.ts";
import type { Estimate } from "./interval.ts";
import { compareValue } from "./moments.ts";
import type { NumericArray } from "./numeric-array.ts";
import { total } from "./numeric-array.ts";

/**
 * What a run keeps of one of two states, summed over all spins. Counts and sums are of completed dwells; `time` is all the
 * time that carried the label, begun and unfinished dwells included.
 */
export interface DwellRecord {
  /** Total time in the state (s). */
  readonly time: number;
  /** Completed dwells: exits to the other state. */
  readonly exits: number;
  /** Completed dwell times in bins, for their spread where `sumOfSquares` is not kept; edges in s, one more than counts. */
  readonly counts?: NumericArray;
  readonly edges?: NumericArray;
  /** Σ of squared completed dwell times (s²). */
  readonly sumOfSquares?: number;
}

export interface DwellStatistics {
  /** Mean dwell (s) = time/exits, with its standard error; null without exits. */
  readonly mean: number | null;
  readonly meanStandardError: number | null;
  readonly count: number;
  /** Rate out of the state (1/s) and its standard error. */
  readonly rate: number;
  readonly rateStandardError: number;
  /** Spread of one dwell over its mean: 1 if exponential, more with recrossings. */
  readonly variation: number | null;
}

/**
 * Mean dwell and rate of one state. Time over exits, not the mean of completed dwells: within a finite run long dwells are
 * the ones left unfinished, and leaving them out biases the mean low; time over exits is unbiased to first order for a
 * stationary start and any run length.
 *
 * The standard error is that of a renewal process, (spread of one dwell)/√exits; the spread comes from the sum of squares, else
 * from the bins (uniform density inside a bin), else it is the mean itself (exponential). Where runs are not long beside
 * a dwell and recrossings cluster, `ratioOfMeans` over the spins is the safe error.
 */
export function dwellStatistics(record: DwellRecord): DwellStatistics {
  const { time, exits } = record;
  if (!(exits > 0))
    return {
      mean: null,
      meanStandardError: null,
      count: 0,
      rate: 0,
      rateStandardError: time > 0 ? 1 / time : Number.POSITIVE_INFINITY,
      variation: null,
    };
  const mean = time / exits;
  const moments = completedMoments(record);
  const variation =
    moments === null ? 1 : Math.sqrt(Math.max(0, moments.square - moments.mean ** 2)) / moments.mean;
  const relative = (exits > 1 ? variation : 1) / Math.sqrt(exits);
  return {
    mean,
    meanStandardError: mean * relative,
    count: exits,
    rate: 1 / mean,
    rateStandardError: relative / mean,
    variation: exits > 1 ? variation : null,
  };
}

/** First and second moment of a completed dwell. */
function completedMoments({ time, exits, sumOfSquares, counts, edges }: DwellRecord) {
  if (sumOfSquares !== undefined) return { mean: time / exits, square: sumOfSquares / exits };
  if (counts === undefined || edges === undefined || total(counts) === 0) return null;
  let [first, second] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    const [a, b] = [edges[i], Math.min(edges[i + 1], Number.MAX_VALUE)];
    first += (counts[i] * (a + b)) / 2;
    second += (counts[i] * (a * a + a * b + b * b)) / 3;
  }
  const n = total(counts);
  return { mean: first / n, square: second / n };
}

/**
 * Fraction of time spent up, with the standard error of a long alternating renewal process,
 * √[(τ_d² σ_u² + τ_u² σ_d²)/((τ_u+τ_d)³ T)], T the time of all spins together. D. R. Cox, Renewal Theory (1962) §7.4.
 * NaN error while a state has no exits.
 */
export function occupation(up: DwellRecord, down: DwellRecord): Estimate {
  const time = up.time + down.time;
  const [u, d] = [dwellStatistics(up), dwellStatistics(down)];
  const value = up.time / time;
  if (u.mean === null || d.mean === null) return { value, standardError: Number.NaN };
  const [spreadUp, spreadDown] = [u.mean * (u.variation ?? 1), d.mean * (d.variation ?? 1)];
  const variance =
    (d.mean ** 2 * spreadUp ** 2 + u.mean ** 2 * spreadDown ** 2) / ((u.mean + d.mean) ** 3 * time);
  return { value, standardError: Math.sqrt(variance) };
}

export interface ExactDwell {
  readonly up: number;
  readonly down: number;
  readonly occupationUp: number;
}

/**
 * Mean dwells up and down and the occupation against the exact two-threshold figures. `allowedBias` is relative, for dwell
 * times (missed crossings at finite steps); for the occupation it is taken of the smaller of the two fractions.
 */
export function compareDwell(
  up: DwellRecord,
  down: DwellRecord,
  exact: ExactDwell,
  allowedBias = 0,
): Comparison[] {
  const of = (observable: string, record: DwellRecord, mean: number) => {
    const statistics = dwellStatistics(record);
    return compareValue(
      observable,
      statistics.mean ?? Number.NaN,
      mean,
      statistics.meanStandardError ?? Number.NaN,
      {
        allowedBias: allowedBias * mean,
      },
    );
  };
  const share = occupation(up, down);
  const smaller = Math.min(exact.occupationUp, 1 - exact.occupationUp);
  return [
    of("mean dwell up", up, exact.up),
    of("mean dwell down", down, exact.down),
    compareValue("occupation up", share.value, exact.occupationUp, share.standardError, {
      allowedBias: allowedBias * smaller,
    }),
  ];
}
