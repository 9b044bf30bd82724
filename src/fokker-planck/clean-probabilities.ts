import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";

/** Probabilities with a larger absolute error are refused. */
const largestError = 1e-3;
/** Absolute error of an integral over an expansion in harmonics. */
const leastError = 1e-9;

/**
 * Clips probabilities of a solver to [0, 1] and keeps their sum. `errorEstimate` is absolute and covers the clipping; refused if that is
 * too large.
 */
export function cleanProbabilities(
  raw: Float64Array,
  error: number = leastError,
  largest: number = largestError,
): Exact<Float64Array> {
  let [low, high, whole, kept] = [0, 0, 0, 0];
  const clean = raw.map((p) => {
    low = Math.max(low, -p);
    high = Math.max(high, p - 1);
    const inside = Math.min(1, Math.max(0, p));
    whole += p;
    kept += inside;
    return inside;
  });
  const outside = Math.max(low, high, Math.abs(whole - Math.min(1, Math.max(0, whole))));
  const errorEstimate = Math.max(error, 2 * outside);
  // NaN is refused too
  if (!(errorEstimate <= largest))
    return outOfReach(
      outside > error
        ? `a probability came out as ${(low >= high ? -low : 1 + high).toPrecision(3)}: the bins are finer than what is resolved`
        : `the probabilities are known to ${errorEstimate.toExponential(1)} only; ${largest.toExponential(0)} is required`,
    );
  const scale = kept > 0 ? Math.min(1, whole) / kept : 1;
  return exactly(scale < 1 ? clean.map((p) => p * scale) : clean, errorEstimate);
}

/** The same for probabilities that do not add up to one, such as survival at several times; each is at most `most`. */
export function cleanEach(
  raw: ArrayLike<number>,
  error: number = leastError,
  most = 1,
  largest: number = largestError,
): Exact<number[]> {
  const clean = Array.from(raw, (p) => Math.max(0, Math.min(most, p)));
  const outside = clean.reduce(
    (worst, p, i) => (p === raw[i] ? worst : Math.max(worst, Math.abs(p - raw[i]))),
    0,
  );
  const errorEstimate = Math.max(error, 2 * outside);
  return errorEstimate <= largest && clean.every(Number.isFinite)
    ? exactly(clean, errorEstimate)
    : outOfReach(
        outside > error
          ? `a probability came out ${outside.toExponential(1)} outside 0 and ${most}: it is not resolved`
          : `the probability is known to ${errorEstimate.toExponential(1)} only; ${largest.toExponential(0)} is required`,
      );
}

/**
 * Makes the survival at several times, in any order, lie between 0 and `most` and never rise. Fast modes oscillate at early times and
 * decay later, so each value is raised to at least the later ones; the error covers the change.
 */
export function cleanSurvival(
  raw: ArrayLike<number>,
  times: readonly number[],
  error: number = leastError,
  most = 1,
): Exact<number[]> {
  const clean = cleanEach(raw, error, most);
  if (clean.value === null) return clean;
  const order = times.map((_, i) => i).sort((a, b) => times[a] - times[b]);
  const found = order.map((i) => (clean.value as number[])[i]);
  const falling = [...found];
  let risen = 0;
  for (let k = found.length - 2; k >= 0; k--) {
    falling[k] = Math.max(found[k], falling[k + 1]);
    // it lies between the later survival and `most`
    risen = Math.max(risen, Math.min(falling[k] - found[k], most - falling[k]));
  }
  const errorEstimate = Math.max(clean.errorEstimate ?? 0, risen);
  if (errorEstimate > largestError)
    return outOfReach(`survival rises by ${risen.toExponential(1)} where it must fall: it is not resolved`);
  const survival = new Array<number>(found.length);
  order.forEach((i, k) => {
    survival[i] = falling[k];
  });
  return exactly(survival, errorEstimate);
}

/** A single probability. */
export function cleanProbability(raw: number, error?: number): Exact<number> {
  const found = cleanEach([raw], error);
  return found.value === null ? found : exactly(found.value[0], found.errorEstimate);
}
