import type { BoundsOptions } from "./bounds.ts";
import { supremum } from "./bounds.ts";
import { differentiate } from "./differentiate.ts";
import type { Expression } from "./expression.ts";
import { abs, neg, sub, uses, variablesOf, visit } from "./expression.ts";
import type { Interval } from "./interval.ts";
import { choices } from "./interval-program.ts";
import { substitute } from "./rewrite.ts";
import { separate } from "./separation.ts";
import { switchesOf } from "./switches.ts";
import { timeFunctions } from "./time-functions.ts";
import type { Stretch } from "./timeline.ts";
import { timeline } from "./timeline.ts";

export interface TimeScale {
  /** Kinks and jumps in time. */
  readonly breakpoints: readonly number[];
  /**
   * The time in which a function changes appreciably: √(amplitude / largest curvature), which is 1/ω for a sine, or the shortest plateau
   * or slope between two kinks. Infinite if it does not change.
   */
  readonly resolution: number;
}

/** With more kinks the list stays empty; their shortest distance still counts. */
const mostBreakpoints = 4096;
/** Cells for one function; of many functions each gets a share of what this number of them would take. */
const [mostCells, fewestCells, fullyServed] = [1500, 60, 16];

const effortOf = (functions: number): BoundsOptions => ({
  tolerance: 0.05,
  work: Math.min(mostCells, Math.max(fewestCells, Math.floor((mostCells * fullyServed) / functions))),
});

/**
 * The scale in time of an expression of t, m and other variables, between 0 and `end`, the other variables within the box. It comes from
 * bounds of the second derivative over the whole interval, so no pulse is missed between samples.
 */
export function timeScale(
  of: Expression,
  end: number,
  box: Readonly<Record<string, Interval>> = {},
): TimeScale {
  const range = { ...box, t: { low: 0, high: end } };
  const scales = (separate(of)?.map(({ time }) => time) ?? [of]).filter((f) => uses("t", [f]));
  const effort = effortOf(scales.length);
  const smooth = scales.map((f) => smoothScale(f, range, effort));
  const kinked = scales.flatMap(timeFunctions).filter((f) => variablesOf(f).size === 1 && hasChoices(f));
  const { breakpoints, stretches, isComplete } = timeline(kinked, 0, end);
  const between = isComplete ? [] : distancesOfChoices(kinked, range);
  const resolution = Math.min(...smooth, ...plateaus(stretches, breakpoints), ...between);
  return {
    breakpoints: breakpoints.length > mostBreakpoints ? [] : breakpoints,
    resolution: resolution > 0 ? resolution : Number.POSITIVE_INFINITY,
  };
}

type Range = Readonly<Record<string, Interval>>;

const largestSlope = (f: Expression, range: Range, effort: BoundsOptions): number =>
  supremum(abs(differentiate(f, "t")), range, effort).bound;

/** √(amplitude / largest curvature) of a function without regard to its kinks; infinite if it does not bend. */
function smoothScale(f: Expression, range: Range, effort: BoundsOptions): number {
  const bend = supremum(abs(differentiate(differentiate(f, "t"), "t")), range, effort).bound;
  if (bend === 0) return Number.POSITIVE_INFINITY;
  const change = sub(f, substitute([f], { t: 0 })[0]);
  const [high, low] = [change, neg(change)].map((g) => supremum(g, range, effort).attained);
  const amplitude = (high + low) / 2;
  // the curvature of sin(1e200*t) is no number, but its slope is one; of a square root at zero neither is, and it has no scale
  return bend < Number.POSITIVE_INFINITY
    ? Math.sqrt(amplitude / bend)
    : amplitude / largestSlope(f, range, effort);
}

/**
 * Shortest times between choices of functions whose choices are too many to be listed: a floor jumps no sooner than its operand has
 * changed by 1, and the sign of an operand changes no sooner than the operand bends.
 */
function distancesOfChoices(functions: readonly Expression[], range: Range): number[] {
  const all = switchesOf(functions);
  const effort = effortOf(all.length);
  return all.map(({ of, isFloor }) =>
    isFloor ? 1 / largestSlope(of, range, effort) : smoothScale(of, range, effort),
  );
}

function hasChoices(of: Expression): boolean {
  let found = false;
  visit([of], (node) => {
    found ||= node.kind === "apply" && choices.has(node.operator);
  });
  return found;
}

/** Lengths between neighbouring kinks; an edge between two plateaus that are longer than it is left out. */
function plateaus(stretches: readonly Stretch[], breakpoints: readonly number[]): number[] {
  const ends = new Set(breakpoints);
  const pieces: { length: number; isConstant: boolean; isInner: boolean }[] = [];
  let from = 0;
  let isConstant = true;
  stretches.forEach((stretch, i) => {
    isConstant &&= stretch.isConstant;
    const isLast = i === stretches.length - 1;
    if (!ends.has(stretch.to) && !isLast) return;
    pieces.push({ length: stretch.to - from, isConstant, isInner: from > 0 && !isLast });
    from = stretch.to;
    isConstant = true;
  });
  return pieces.flatMap(({ length, isConstant, isInner }, i) => {
    const beside = [pieces[i - 1], pieces[i + 1]];
    const isEdge = !isConstant && beside.every((piece) => piece?.isConstant && piece.length > length);
    return (isInner && !isEdge) || (!isInner && !isConstant && pieces.length > 1) ? [length] : [];
  });
}
