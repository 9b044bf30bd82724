import { differentiate } from "./differentiate.ts";
import type { Expression } from "./expression.ts";
import { constantValue, uses, visit } from "./expression.ts";

/** Whole numbers of turns and of steps in a period are recognized to this, relative. */
const turning = 1e-9;
/** What is left of terms that cancel is their rounding, relative to them. */
const rounding = 1e-12;

/** What a function is made to by a period, at all times but single ones: sign · value + by. */
interface Change {
  readonly sign: 1 | -1;
  readonly by: number;
  /** Of the terms whose sum `by` is. */
  readonly size: number;
}

const unchanged: Change = { sign: 1, by: 0, size: 0 };
const turned: Change = { sign: -1, by: 0, size: 0 };
const reflected: Change = { sign: -1, by: Math.PI, size: Math.PI };

/**
 * Whether an expression is proved to have a period in t, by its form: t itself grows by the period, the floor of what grows by a whole number grows
 * by the same, a sine of what grows by half a turn is turned, and terms that cancel leave nothing. The single times at which a floor jumps do not count.
 */
export const hasPeriod = (of: Expression, period: number): boolean => isSame(changeAfter(of, period));

const isNothing = (by: number, size: number): boolean => Math.abs(by) <= rounding * size;
const isSame = (of: Change | undefined): boolean => of?.sign === 1 && isNothing(of.by, of.size);
const isTurned = (of: Change | undefined): boolean => of?.sign === -1 && isNothing(of.by, of.size);

function changeAfter(of: Expression, period: number): Change | undefined {
  const known = new Map<Expression, Change | undefined>();
  const changeOf = (x: Expression): Change | undefined => {
    if (!known.has(x)) known.set(x, find(x));
    return known.get(x);
  };
  const find = (x: Expression): Change | undefined => {
    if (!uses("t", [x])) return unchanged;
    return x.kind === "apply" ? changeOfResult(x, changeOf) : { sign: 1, by: period, size: Math.abs(period) };
  };
  return changeOf(of);
}

/** Of an operation, by those of its operands; undefined where they do not show it. */
function changeOfResult(
  { operator, operands }: Extract<Expression, { kind: "apply" }>,
  changeOf: (x: Expression) => Change | undefined,
): Change | undefined {
  const parts = operands.map(changeOf);
  if (parts.every(isSame)) return unchanged;
  const [x, y, z] = parts;
  switch (operator) {
    case "add":
      return sum(operands, parts, 1);
    case "sub":
      return sum(operands, parts, -1);
    case "neg":
      return x && { ...x, by: -x.by };
    case "mul":
      return multiple(constantValue(operands[0]), y) ?? product(parts);
    case "div":
      return product(parts);
    case "floor":
      return afterWhole(x);
    case "sin":
    case "cos":
      return wave(x, operator);
    case "asin":
    case "tanh":
      return isTurned(x) ? turned : undefined;
    case "acos":
      return isTurned(x) ? reflected : undefined;
    case "atan2":
      return isTurned(x) && isSame(y) ? turned : undefined;
    case "abs":
      return isTurned(x) ? unchanged : undefined;
    case "min":
    case "max":
      return shared(x, y);
    case "select":
      return isSame(x) ? shared(y, z) : undefined;
    case "less":
    case "lessEqual":
      return shared(x, y) && unchanged;
    default:
      return undefined;
  }
}

type Parts = readonly (Change | undefined)[];

function sum(operands: readonly Expression[], [x, y]: Parts, factor: 1 | -1): Change | undefined {
  const [first, second] = [
    { change: x, of: operands[0], beside: y },
    { change: y, of: operands[1], beside: x },
  ].map(({ change, of, beside }): Change | undefined => {
    const value = constantValue(of);
    // a constant is what it was, and what is made of it by a turn about itself
    return value !== undefined && beside?.sign === -1
      ? { sign: -1, by: 2 * value, size: 2 * Math.abs(value) }
      : change;
  });
  if (!first || !second || first.sign !== second.sign) return undefined;
  return { sign: first.sign, by: first.by + factor * second.by, size: first.size + second.size };
}

/** A constant times a function; constants stand first in products. */
const multiple = (factor: number | undefined, of: Change | undefined): Change | undefined =>
  factor === undefined ? undefined : of && { ...of, by: factor * of.by, size: Math.abs(factor) * of.size };

function product(parts: Parts): Change | undefined {
  if (!parts.every((part) => isSame(part) || isTurned(part))) return undefined;
  return parts.filter(isTurned).length % 2 === 0 ? unchanged : turned;
}

function afterWhole(of: Change | undefined): Change | undefined {
  if (of?.sign !== 1) return undefined;
  const whole = Math.round(of.by);
  return Math.abs(of.by - whole) <= turning * of.size
    ? { sign: 1, by: whole, size: Math.abs(whole) }
    : undefined;
}

function wave(of: Change | undefined, operator: "sin" | "cos"): Change | undefined {
  if (!of) return undefined;
  const halves = Math.round(of.by / Math.PI);
  if (!(Math.abs(of.by - halves * Math.PI) <= turning * of.size)) return undefined;
  // sin(−x) = −sin x, cos(−x) = cos x, and half a turn more changes the sign of both
  const isMirrored = of.sign === -1 && operator === "sin";
  return (halves % 2 !== 0) !== isMirrored ? turned : unchanged;
}

/** The change of several functions together. */
const shared = (x: Change | undefined, y: Change | undefined): Change | undefined =>
  x?.sign === 1 && y?.sign === 1 && isNothing(x.by - y.by, x.size + y.size) ? x : undefined;

/** Multiples of the interval of one wave or floor that are tried as the period of all. */
const mostMultiples = 24;

/** The shortest period in t that all expressions are proved to have and that a few turns of one wave, or steps of one floor, make up. */
export function commonPeriod(of: readonly Expression[]): number | undefined {
  const intervals = new Set<number>();
  visit(of, (part) => {
    if (part.kind !== "apply" || !["sin", "cos", "floor"].includes(part.operator)) return;
    const slope = Math.abs(constantValue(differentiate(part.operands[0], "t")) ?? 0);
    if (slope > 0) intervals.add((part.operator === "floor" ? 1 : Math.PI) / slope);
  });
  return [...intervals]
    .flatMap((interval) => Array.from({ length: mostMultiples }, (_, k) => (k + 1) * interval))
    .sort((a, b) => a - b)
    .find((period) => of.every((part) => hasPeriod(part, period)));
}
