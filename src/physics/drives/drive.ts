import type { Expression } from "../../expression/expression.ts";
import { div, less, max, min, select, sub } from "../../expression/expression.ts";
import type { BrokenRule, Parameters, PlainValues } from "../parameter.ts";

/**
 * A way in which a parameter depends on time. Its own parameters are plain numbers: times in s, values (unit "value")
 * in the unit of the driven parameter.
 */
export interface DriveEntry<P extends Parameters = Parameters> {
  /** Its key in an experiment: `{ pulse: … }`. */
  readonly type: string;
  readonly title: string;
  readonly parameters: P;
  rules?(values: PlainValues<P>): BrokenRule[];
  /** The value at time t (s). */
  expression(values: PlainValues<P>, t: Expression): Expression;
  /** Times of kinks and jumps, s. */
  breakpoints(values: PlainValues<P>): number[];
  /** The time in which the value changes noticeably, apart from edges, s; the step is a fraction of it. */
  resolution(values: PlainValues<P>): number;
  /** The example with which a form starts: a drive of the size of a value, for a run of some duration (s). */
  typical?(size: number, duration: number): Partial<PlainValues<P>>;
}

/** Keeps the exact types of an entry's parameters, so that the compiler checks its value against them. */
export const drive = <const P extends Parameters>(entry: DriveEntry<P>): DriveEntry<P> => entry;

/** Most breakpoints of one drive: with more, the generated kernel is too long to be compiled. */
export const mostBreakpoints = 4096;

/** 0 before `start`, 1 after `start + length`, linear between; a jump where the length is 0. */
export function edge(t: Expression, start: number, length: number): Expression {
  if (length === 0) return select(less(t, start), 0, 1);
  return min(max(div(sub(t, start), length), 0), 1);
}
