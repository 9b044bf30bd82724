/**
 * A value that was computed, or the reason why it was not. Nothing on the exact side returns NaN, a zero that means "unknown", or a value
 * that did not converge.
 */
export type Exact<T> =
  | {
      readonly value: T;
      readonly reason?: undefined;
      /** Estimated error of the value, if there is an estimate: relative for rates, absolute for moments. */
      readonly errorEstimate?: number;
    }
  | { readonly value: null; readonly reason: string; readonly errorEstimate?: undefined };

/** A known value, with its estimated error if there is an estimate (relative for rates, absolute for moments). */
export const exactly = <T>(value: T, errorEstimate?: number): Exact<T> =>
  errorEstimate === undefined ? { value } : { value, errorEstimate };
/** No value, for the given reason. */
export const outOfReach = <T>(reason: string): Exact<T> => ({ value: null, reason });

/** All values of a list with their largest error, or the reason of the first that is missing. */
export function allOrNone<T>(each: Exact<readonly Exact<T>[]>): Exact<readonly T[]> {
  if (each.value === null) return each;
  const refused = each.value.find(({ value }) => value === null);
  if (refused?.reason !== undefined) return outOfReach(refused.reason);
  const error = each.value.reduce((most, { errorEstimate = 0 }) => Math.max(most, errorEstimate), 0);
  return exactly(
    each.value.map(({ value }) => value as T),
    error,
  );
}

/** Thrown for a figure that a density does not resolve; the message is the reason. */
export class Unresolved extends Error {
  override readonly name = "Unresolved";
}

/**
 * Values at steps, each computed once. Unknown ones are computed together; if the computation is refused, all of them have its reason.
 */
export function eachOnce<T>(
  find: (steps: readonly number[]) => Exact<readonly Exact<T>[]>,
): (steps: readonly number[]) => readonly Exact<T>[] {
  const known = new Map<number, Exact<T>>();
  return (steps) => {
    const missing = steps.filter((step) => !known.has(step));
    const found = missing.length > 0 ? find(missing) : exactly([]);
    found.value?.forEach((one, i) => {
      known.set(missing[i], one);
    });
    return steps.map((step) => known.get(step) ?? outOfReach(found.reason ?? ""));
  };
}

/** The value; throws the reason if there is none. For tests and scripts. */
export function demand<T>(x: Exact<T>): T {
  if (x.value === null) throw new Error(x.reason);
  return x.value;
}
