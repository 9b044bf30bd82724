import type { Expression } from "../expression/expression.ts";
import { isLogical, less, or } from "../expression/expression.ts";
import { dot, m, vector } from "../expression/vector.ts";
import { angleBetween } from "../numerics/parallel.ts";
import type { Triple } from "../physics/parameter.ts";
import type { Problem } from "./problem.ts";
import type { Heights, ProjectionSet } from "./projection-set.ts";
import { complementOf, projectionSet } from "./projection-set.ts";

/**
 * The set of one projection that ends a passage; undefined if the condition is not of one projection. Spins that all start in one
 * direction can leave the gap between two rims only through these, so for them the set is all that lies beyond: no step can jump over it.
 */
export function passageSet(
  condition: Expression,
  initial: Problem["initial"],
): { readonly set: ProjectionSet; readonly isWhole: boolean } | undefined {
  // a condition with an error in it is a number here
  const set = isLogical(condition) ? projectionSet(condition) : undefined;
  if (set === undefined || typeof set === "string") return undefined;
  if (!("direction" in initial)) return { set, isWhole: true };
  const gap = gapAround(set, initial.direction);
  if (!gap) return { set, isWhole: true };
  const beyond = complementOf({ axis: set.axis, intervals: [gap] });
  const isWhole = beyond.intervals.every((one) =>
    set.intervals.some(({ from, to }) => from === one.from && to === one.to),
  );
  return { set: beyond, isWhole };
}

function gapAround(set: ProjectionSet, direction: Triple): Heights | undefined {
  const height = Math.cos(angleBetween(direction, set.axis));
  return complementOf(set).intervals.find(({ from, to }) => from <= height && height <= to);
}

/** The condition that ends the passages of a run: the given one, unless a simpler one is the same for all spins. */
export function endingCondition(condition: Expression, initial: Problem["initial"]): Expression {
  const found = passageSet(condition, initial);
  if (!found || found.isWhole) return condition;
  const height = dot(vector(...found.set.axis), m);
  const parts = found.set.intervals.map(({ from, to }) =>
    from <= -1 ? less(height, to) : less(from, height),
  );
  return parts.reduce((a, b) => or(a, b));
}

/** A range of angles to an axis, rad; infinite where it reaches a pole and has no rim. */
interface Angles {
  readonly low: number;
  readonly high: number;
}

const anglesOf = ({ intervals }: ProjectionSet): Angles[] =>
  intervals.map(({ from, to }) => ({
    low: to >= 1 ? Number.NEGATIVE_INFINITY : Math.acos(to),
    high: from <= -1 ? Number.POSITIVE_INFINITY : Math.acos(from),
  }));

/** Angles of the rims, and the angle from a direction at `angle` to the nearest one, rad: negative inside the set. */
export function rimsOf(set: ProjectionSet): {
  readonly angles: readonly number[];
  wayFrom(angle: number): number;
} {
  const ranges = anglesOf(set);
  return {
    angles: ranges.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite),
    wayFrom: (angle) => Math.min(...ranges.map(({ low, high }) => Math.max(low - angle, angle - high))),
  };
}

/** The angle from a start in one direction to the nearest rim of a set, rad: negative inside the set. */
export const wayOfStart = (set: ProjectionSet, direction: Triple): number =>
  rimsOf(set).wayFrom(angleBetween(direction, set.axis));

/**
 * The width of the narrowest gap or part of a set that has two rims, rad; infinite if there is none. Spins that start inside the set
 * are not concerned.
 */
export function narrowest(set: ProjectionSet, initial: Problem["initial"]): number {
  if ("direction" in initial && wayOfStart(set, initial.direction) <= 0) return Number.POSITIVE_INFINITY;
  const ascending = [...rimsOf(set).angles].sort((a, b) => a - b);
  return Math.min(Number.POSITIVE_INFINITY, ...ascending.slice(1).map((angle, i) => angle - ascending[i]));
}
