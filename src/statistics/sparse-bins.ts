import type { NumericArray } from "./numeric-array.ts";

/**
 * Groups of neighbouring bins, each with at least `minimum` expected counts: group g holds the bins [starts[g],
 * starts[g+1]), and starts ends with the number of bins. Bins left over at the end join the last group. A single group
 * is returned when the total falls short of `minimum`.
 *
 * The grouping uses the expectation only, never the counts: using them would spoil the p-value.
 */
export function groupSparseBins(expected: NumericArray, minimum: number): number[] {
  const starts = [0];
  let held = 0;
  for (let i = 0; i < expected.length; i++) {
    held += expected[i];
    if (held >= minimum && i + 1 < expected.length) {
      starts.push(i + 1);
      held = 0;
    }
  }
  if (held < minimum && starts.length > 1) starts.pop();
  starts.push(expected.length);
  return starts;
}

/** Sums over the groups. */
export function sumGroups(values: NumericArray, starts: readonly number[]): number[] {
  const sums = new Array<number>(starts.length - 1).fill(0);
  for (let g = 0; g < sums.length; g++) for (let i = starts[g]; i < starts[g + 1]; i++) sums[g] += values[i];
  return sums;
}
