/* Math.max(...values) fails for more values than a call has room for, some 10⁵. */

/** The largest of any number of values; −∞ where there are none. */
export const largest = (values: Iterable<number>): number => {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  return most;
};

/** The smallest of any number of values; ∞ where there are none. */
export const smallest = (values: Iterable<number>): number => {
  let least = Number.POSITIVE_INFINITY;
  for (const value of values) least = Math.min(least, value);
  return least;
};
