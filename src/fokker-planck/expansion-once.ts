import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicLabels, reindexed, topDegree } from "./harmonics.ts";

/** Coefficients in the harmonics of an index; if a finer one is `expected` soon, it is computed at once and cut. */
export type Expansion = (index: HarmonicIndex, expected?: HarmonicIndex) => Float64Array;

/**
 * An expansion that is computed for the largest index only: smaller ones are a part of it, and once it has converged, larger ones add
 * nothing.
 */
export function expandedOnce(compute: (index: HarmonicIndex) => Float64Array): Expansion {
  let known: { readonly index: HarmonicIndex; readonly c: Float64Array } | undefined;
  return (index, expected = index) => {
    if (!known || !(isWithin(index, known.index) || hasEnded(known.index, known.c))) {
      const whole = isWithin(index, expected) ? expected : index;
      known = { index: whole, c: compute(whole) };
    }
    return reindexed(known.index, index, known.c);
  };
}

/** Whether all harmonics of one index are among those of another. */
const isWithin = (small: HarmonicIndex, large: HarmonicIndex): boolean =>
  small.mmax <= large.mmax &&
  Array.from({ length: small.mmax + 1 }, (_, m) => m).every(
    (m) => topDegree(small, m) <= topDegree(large, m),
  );

/** Coefficients below this share of the largest are rounding. */
const rounding = 1e-15;

/** Whether the last tenth of degrees and of orders is rounding. */
function hasEnded(index: HarmonicIndex, c: Float64Array): boolean {
  const { l, m } = harmonicLabels(index);
  const floor = rounding * c.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return c.every(
    (x, i) =>
      Math.abs(x) <= floor ||
      (l[i] < 0.9 * index.lmax && m[i] < 0.9 * index.mmax && l[i] - m[i] < 0.9 * index.height),
  );
}
