import { z } from "zod";
import { largest } from "../numerics/extremes.ts";
import { closedObject, numberSchema } from "./parameter-schema.ts";

/**
 * When to record: a number of evenly spaced times, the last at the end; a list of times; or an interval. Times are in s, or in reduced
 * units with a reduced magnet.
 */
export type Times = number | readonly number[] | { readonly every: number };

const isList = (times: Times): times is readonly number[] => Array.isArray(times);

/** The interval of times that are given by one. */
export const distanceOf = (times: Times): number | undefined =>
  typeof times === "number" || isList(times) ? undefined : times.every;

const mostRecords = 100_000;

export const timesSchema = z
  .union(
    [
      numberSchema({ minimum: 1, maximum: mostRecords }, "", true),
      z
        .array(numberSchema({ minimum: 0 }, "s"))
        .min(1)
        .max(mostRecords),
      closedObject({ every: numberSchema({ above: 0 }, "s") }),
    ],
    { error: "must be a number of times, a list of times or { every: … }" },
  )
  .meta({
    description:
      "number of evenly spaced times, the last at the end of the run; or a list of times (s); or { every: interval (s) }",
  });

/** The times themselves, ascending. */
export function timesOf(times: Times, duration: number): number[] {
  if (typeof times === "number") return Array.from({ length: times }, (_, i) => (duration * (i + 1)) / times);
  if (isList(times)) return [...new Set(times)].sort((a, b) => a - b);
  const count = Math.floor((duration / times.every) * (1 + 1e-12));
  return Array.from({ length: Math.min(count, mostRecords) }, (_, i) => (i + 1) * times.every);
}

/** The rule that times break, or undefined. With `alignsOnly` not all times are recorded, so any number is allowed. */
export function brokenTimesRule(times: Times, duration: number, alignsOnly = false): string | undefined {
  if (typeof times === "number") return undefined;
  if (!isList(times)) {
    if (times.every > duration * (1 + 1e-12)) return `must not be longer than time.duration, ${duration}`;
    if (!alignsOnly && duration / times.every > mostRecords)
      return `must not ask for more than ${mostRecords} records`;
    return undefined;
  }
  if (largest(times) > duration * (1 + 1e-12)) return `must not be after time.duration, ${duration}`;
  return undefined;
}

/** The smallest number of equal parts of the duration whose ends include all the times; undefined if it is above 10 000. */
export function divisionsFor(times: Times, duration: number): number | undefined {
  if (typeof times === "number") return times;
  const list = isList(times) ? times : [times.every];
  return wholeDivisions(list.map((time) => time / duration));
}

function wholeDivisions(fractions: readonly number[]): number | undefined {
  let divisions = 1;
  for (const fraction of fractions) {
    const denominator = denominatorOf(fraction * divisions);
    if (denominator === undefined) return undefined;
    divisions *= denominator;
    if (divisions > 10_000) return undefined;
  }
  return divisions;
}

/** q of the continued fraction p/q that equals x to 1e-10 relative, q ≤ 10 000. */
function denominatorOf(x: number): number | undefined {
  let [before, q] = [0, 1];
  let rest = x;
  for (let k = 0; k < 20; k++) {
    if (Math.abs(x * q - Math.round(x * q)) <= 1e-10 * Math.max(1, Math.abs(x * q))) return q;
    const fraction = rest - Math.floor(rest);
    if (fraction === 0) return q;
    rest = 1 / fraction;
    [before, q] = [q, Math.floor(rest) * q + before];
    if (q > 10_000) return undefined;
  }
  return undefined;
}
