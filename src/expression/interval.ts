import type { Operator } from "./expression.ts";

/*
 * Interval arithmetic: from intervals that contain the operands, an interval that contains the value. Each bound is moved outward by a
 * few units in the last place instead of switching the rounding mode (relative, so numbers below 1e-307 are not covered). Of an operand
 * only the part inside a function's domain counts; if no part is inside, the result is the whole line.
 */

/** All numbers from low to high. A truth value is never [0, 0], always [1, 1] or unknown [0, 1]. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const interval = (low: number, high: number): Interval => ({ low, high });
export const point = (value: number): Interval => ({ low: value, high: value });
export const wholeLine: Interval = interval(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
export const unknown: Interval = interval(0, 1);
const never = point(0);
const always = point(1);

export const isBounded = ({ low, high }: Interval): boolean =>
  low > Number.NEGATIVE_INFINITY && high < Number.POSITIVE_INFINITY;
export const width = ({ low, high }: Interval): number => high - low;
export const largest = ({ low, high }: Interval): number => Math.max(-low, high);
export const hull = (a: Interval, b: Interval): Interval =>
  interval(Math.min(a.low, b.low), Math.max(a.high, b.high));

/** Sums, products, quotients and roots are rounded correctly, the other functions to about one unit. */
const unit = 2 ** -52;
const units = 4 * unit;

const outward = (low: number, high: number, by: number): Interval => ({
  low: Number.isNaN(low) ? Number.NEGATIVE_INFINITY : low * (low > 0 ? 1 - by : 1 + by),
  high: Number.isNaN(high) ? Number.POSITIVE_INFINITY : high * (high > 0 ? 1 + by : 1 - by),
});

const within = (x: Interval, low: number, high: number): Interval => ({
  low: Math.min(high, Math.max(x.low, low)),
  high: Math.max(low, Math.min(x.high, high)),
});

/** Bounds of infinite size are not attained: 0 · ∞ = 0. */
const times = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y);

export const add = (x: Interval, y: Interval): Interval => outward(x.low + y.low, x.high + y.high, unit);
export const sub = (x: Interval, y: Interval): Interval => outward(x.low - y.high, x.high - y.low, unit);
export const neg = (x: Interval): Interval => interval(-x.high, -x.low);

export function mul(x: Interval, y: Interval): Interval {
  const a = times(x.low, y.low);
  const b = times(x.low, y.high);
  const c = times(x.high, y.low);
  const d = times(x.high, y.high);
  return outward(Math.min(a, b, c, d), Math.max(a, b, c, d), unit);
}

export function square(x: Interval): Interval {
  const a = x.low * x.low;
  const b = x.high * x.high;
  return outward(x.low <= 0 && x.high >= 0 ? 0 : Math.min(a, b), Math.max(a, b), unit);
}

export function div(x: Interval, y: Interval): Interval {
  if (y.low > 0 || y.high < 0) return mul(x, outward(1 / y.high, 1 / y.low, unit));
  // half lines if the divisor has one sign
  if (y.low === 0 && y.high > 0) return mul(x, interval((1 / y.high) * (1 - unit), Number.POSITIVE_INFINITY));
  if (y.high === 0 && y.low < 0) return mul(x, interval(Number.NEGATIVE_INFINITY, (1 / y.low) * (1 - unit)));
  return wholeLine;
}

/** A monotonically increasing function on [from, to]. */
const rising =
  (f: (x: number) => number, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, by = units) =>
  (x: Interval): Interval =>
    x.high < from || x.low > to ? wholeLine : outward(f(Math.max(x.low, from)), f(Math.min(x.high, to)), by);

const asin = rising(Math.asin, -1, 1);

/** Beyond this the phase of a sine is lost to rounding. */
const largestPhase = 1e9;

function cosine({ low, high }: Interval): Interval {
  if (!(high - low < 2 * Math.PI) || Math.max(-low, high) > largestPhase) return interval(-1, 1);
  // a maximum may lie inside at a whole turn, a minimum at a half turn
  const margin = 1e-15 * Math.max(-low, high, 1);
  const holds = (phase: number): boolean =>
    Math.floor((high - phase + margin) / (2 * Math.PI)) >= Math.ceil((low - phase - margin) / (2 * Math.PI));
  const [a, b] = [Math.cos(low), Math.cos(high)];
  // add the rounding of a large argument
  const slack = units * Math.max(1, Math.max(-low, high) / 4);
  return within(
    interval(holds(Math.PI) ? -1 : Math.min(a, b) - slack, holds(0) ? 1 : Math.max(a, b) + slack),
    -1,
    1,
  );
}

const quarter = point(Math.PI / 2);

function atan2(y: Interval, x: Interval): Interval {
  if (x.low > 0 || y.low > 0 || y.high < 0) {
    const corners = [
      Math.atan2(y.low, x.low),
      Math.atan2(y.low, x.high),
      Math.atan2(y.high, x.low),
      Math.atan2(y.high, x.high),
    ];
    return outward(Math.min(...corners), Math.max(...corners), units);
  }
  if (x.low >= 0) return interval(-Math.PI / 2, Math.PI / 2);
  return interval(-Math.PI, Math.PI);
}

/** The interval that contains an operator's values, from those of its operands. */
export const intervalOperators: Record<Operator, (...x: Interval[]) => Interval> = {
  add,
  sub,
  mul,
  div,
  neg,
  sqrt: rising(Math.sqrt, 0, undefined, unit),
  sin: (x) => cosine(sub(x, quarter)),
  cos: cosine,
  asin,
  acos: (x) => (x.high < -1 || x.low > 1 ? wholeLine : within(sub(quarter, asin(x)), 0, Math.PI)),
  atan2,
  exp: rising(Math.exp),
  log: rising(Math.log, 0),
  log1p: rising(Math.log1p, -1),
  tanh: rising(Math.tanh),
  abs: (x) => (x.low >= 0 ? x : x.high <= 0 ? neg(x) : interval(0, Math.max(-x.low, x.high))),
  floor: (x) => interval(Math.floor(x.low), Math.floor(x.high)),
  min: (x, y) => interval(Math.min(x.low, y.low), Math.min(x.high, y.high)),
  max: (x, y) => interval(Math.max(x.low, y.low), Math.max(x.high, y.high)),
  select: (condition, yes, no) => (condition.low === 1 ? yes : condition.high === 0 ? no : hull(yes, no)),
  less: (x, y) => (x.high < y.low ? always : x.low >= y.high ? never : unknown),
  lessEqual: (x, y) => (x.high <= y.low ? always : x.low > y.high ? never : unknown),
  and: (x, y) => interval(Math.min(x.low, y.low), Math.min(x.high, y.high)),
  or: (x, y) => interval(Math.max(x.low, y.low), Math.max(x.high, y.high)),
  not: (x) => interval(1 - x.high, 1 - x.low),
};
