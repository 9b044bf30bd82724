import type { Times } from "./times.ts";
import { divisionsFor, timesOf } from "./times.ts";

/** A division of the duration into whole steps, all times in one unit. */
export interface Steps {
  readonly timeStep: number;
  readonly count: number;
}

/** Largest factor by which the number of steps may grow so that record times fall on steps. */
const mostLengthening = 2;
const fewestSteps = 8;
/** A time that is this near to the end of a step, in steps, counts as equal to it. */
const met = 1e-6;
/** Divisions of an interval that are tried beyond the first. */
const mostDivisions = 200;

/** Whether an interval is a whole number of steps. */
export const isWhole = (interval: number, { timeStep }: Pick<Steps, "timeStep">): boolean =>
  Math.abs(interval / timeStep - Math.max(1, Math.round(interval / timeStep))) < 1e-9 * (interval / timeStep);

/**
 * Divides a duration into steps no longer than `limit`, so that the times in `asked` fall on whole steps. The number of steps grows at
 * most twofold for this; other times are recorded at the nearest step. `intervals` are sampling intervals, which must not change: if they
 * are not whole numbers of these steps, the first interval is divided instead of the duration, so that as many others as possible are
 * whole. The run then ends at the step nearest to the duration.
 */
export function chooseSteps(
  duration: number,
  limit: number,
  asked: readonly Times[],
  intervals: readonly number[] = [],
): Steps {
  const divided = divisionOf(duration, limit, asked);
  if (intervals.every((interval) => isWhole(interval, divided))) return divided;
  const [first, ...others] = intervals;
  const fewest = Math.max(1, Math.ceil((first / limit) * (1 - 1e-12)));
  if (!Number.isSafeInteger(fewest)) return divided;
  const wanted = [...others, duration];
  const division = Array.from({ length: Math.min(fewest, mostDivisions) + 1 }, (_, i) => first / (fewest + i))
    .map((timeStep) => ({ timeStep, whole: wanted.filter((time) => isWhole(time, { timeStep })).length }))
    .reduce((a, b) => (b.whole > a.whole ? b : a));
  return givenSteps(duration, division.timeStep);
}

function divisionOf(duration: number, limit: number, asked: readonly Times[]): Steps {
  // if a step fits exactly, rounding must not add another
  const least = Math.max(Math.ceil((duration / limit) * (1 - 1e-12)), fewestSteps);
  const divisionsOf = (some: readonly Times[]): number[] =>
    some
      .map((times) => divisionsFor(times, duration))
      .filter((count) => count !== undefined)
      .sort((a, b) => a - b);
  // typed times take precedence over a number of times
  const divisions = [
    ...divisionsOf(asked.filter((times) => typeof times !== "number")),
    ...divisionsOf(asked.filter((times) => typeof times === "number")),
  ];
  let multiple = 1;
  for (const count of divisions) {
    const common = leastCommonMultiple(multiple, count);
    if (Math.ceil(least / common) * common <= mostLengthening * least) multiple = common;
  }
  const count = Math.ceil(least / multiple) * multiple;
  return { timeStep: duration / count, count };
}

/** The division of a duration by a given step. */
export const givenSteps = (duration: number, timeStep: number): Steps => ({
  timeStep,
  count: Math.max(1, Math.round(duration / timeStep)),
});

/** The steps nearest to the times, ascending, each once. */
export function nearestSteps(times: Times, duration: number, { timeStep, count }: Steps): number[] {
  const steps = timesOf(times, duration).map((time) => Math.min(count, Math.round(time / timeStep)));
  return [...new Set(steps)].sort((a, b) => a - b);
}

/** The typed time whose record is farthest from it, in the unit of the times; undefined if all fall on steps. */
export function movedTime(
  times: Times,
  duration: number,
  { timeStep, count }: Steps,
): { readonly asked: number; readonly taken: number } | undefined {
  if (typeof times === "number") return undefined;
  const moved = timesOf(times, duration)
    .map((asked) => ({ asked, taken: Math.min(count, Math.round(asked / timeStep)) * timeStep }))
    .filter(({ asked, taken }) => Math.abs(taken - asked) > met * timeStep);
  return moved.reduce<(typeof moved)[number] | undefined>(
    (far, one) => (far && Math.abs(far.taken - far.asked) >= Math.abs(one.taken - one.asked) ? far : one),
    undefined,
  );
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
