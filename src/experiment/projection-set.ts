import type { Expression } from "../expression/expression.ts";
import { constantValue, sub } from "../expression/expression.ts";
import { exponentsOf, polynomial } from "../expression/polynomial.ts";
import { areParallel, inner } from "../numerics/parallel.ts";
import type { Triple } from "../physics/parameter.ts";

/** An interval of heights, the projections of m on an axis. */
export interface Heights {
  readonly from: number;
  readonly to: number;
}

/** Directions whose projection on an axis lies in one of several disjoint, ascending intervals of [−1, 1]. */
export interface ProjectionSet {
  readonly axis: Triple;
  readonly intervals: readonly Heights[];
}

/** The whole sphere and the empty set have no axis. */
export type ProjectionSetFound = ProjectionSet | "everything" | "nothing";

/** The set that a condition on m describes, from the form of its expression; undefined if it is not of one projection. */
export function projectionSet(condition: Expression): ProjectionSetFound | undefined {
  if (condition.kind !== "apply") return undefined;
  const [x, y] = condition.operands;
  switch (condition.operator) {
    case "less":
    case "lessEqual":
      return belowZero(sub(x, y)) ?? absolute(x, y);
    case "not": {
      const inside = projectionSet(x);
      if (inside === undefined) return undefined;
      return inverted(inside);
    }
    case "and":
      return both(projectionSet(x), projectionSet(y));
    case "or": {
      const [a, b] = [projectionSet(x), projectionSet(y)];
      if (a === undefined || b === undefined) return undefined;
      const outside = both(inverted(a), inverted(b));
      return outside === undefined ? undefined : inverted(outside);
    }
    default:
      return undefined;
  }
}

function inverted(set: ProjectionSetFound): ProjectionSetFound {
  if (typeof set === "string") return set === "nothing" ? "everything" : "nothing";
  return named(complementOf(set));
}

const named = (set: ProjectionSet): ProjectionSetFound => {
  if (set.intervals.length === 0) return "nothing";
  return set.intervals[0].from <= -1 && set.intervals[0].to >= 1 ? "everything" : set;
};

function both(
  a: ProjectionSetFound | undefined,
  b: ProjectionSetFound | undefined,
): ProjectionSetFound | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === "everything" || b === "nothing") return b;
  if (b === "everything" || a === "nothing") return a;
  const turned = turnedTo(a.axis, b);
  if (!turned) return undefined;
  const intervals = a.intervals.flatMap((p) =>
    turned.intervals.flatMap((q) => {
      const [from, to] = [Math.max(p.from, q.from), Math.min(p.to, q.to)];
      return from < to ? [{ from, to }] : [];
    }),
  );
  return named({ axis: a.axis, intervals });
}

/** The same set with `axis` as its axis, if that is its own axis or the opposite; else undefined. */
export function turnedTo(axis: Triple, set: ProjectionSet): ProjectionSet | undefined {
  if (!areParallel(axis, set.axis)) return undefined;
  if (inner(axis, set.axis) > 0) return { axis, intervals: set.intervals };
  return { axis, intervals: set.intervals.map(({ from, to }) => ({ from: -to, to: -from })).reverse() };
}

/** g < 0 for g = c₂(l·m)² + c₁ l·m + c₀ with numbers. */
function belowZero(g: Expression): ProjectionSetFound | undefined {
  const form = quadratic(g);
  if (!form) return undefined;
  const { axis, coefficients } = form;
  const [c0, c1, c2] = coefficients;
  if (c2 === 0 && c1 === 0) return c0 < 0 ? "everything" : "nothing";
  if (c2 === 0) return within(axis, c1 > 0 ? [[-1, -c0 / c1]] : [[-c0 / c1, 1]]);
  const discriminant = c1 * c1 - 4 * c2 * c0;
  if (discriminant <= 0) return c2 < 0 ? "everything" : "nothing";
  const q = -(c1 + (c1 < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  const [low, high] = [q / c2, q === 0 ? 0 : c0 / q].sort((a, b) => a - b);
  return within(
    axis,
    c2 > 0
      ? [[low, high]]
      : [
          [-1, low],
          [high, 1],
        ],
  );
}

function within(axis: Triple, ranges: readonly (readonly [number, number])[]): ProjectionSetFound {
  const intervals = ranges.flatMap(([from, to]) => {
    const [a, b] = [Math.max(from, -1), Math.min(to, 1)];
    return a < b ? [{ from: a, to: b }] : [];
  });
  return named({ axis, intervals });
}

/** A comparison of |g| with a number, which may stand on either side. */
function absolute(x: Expression, y: Expression): ProjectionSetFound | undefined {
  const inside = (of: Expression): Expression | undefined =>
    of.kind === "apply" && of.operator === "abs" ? of.operands[0] : undefined;
  const [left, right] = [inside(x), inside(y)];
  if (left) return both(belowZero(sub(left, y)), belowZero(sub(sub(0, y), left)));
  if (!right) return undefined;
  const beyond = both(belowZero(sub(right, x)), belowZero(sub(sub(0, x), right)));
  return beyond === undefined ? undefined : inverted(beyond);
}

/** Coefficients of 1, u and u² if g is a quadratic function of one projection u = axis·m. */
function quadratic(
  g: Expression,
): { axis: Triple; coefficients: readonly [number, number, number] } | undefined {
  const terms = polynomial(g);
  if (!terms) return undefined;
  let constant = 0;
  const linear: [number, number, number] = [0, 0, 0];
  const square = new Float64Array(9);
  for (const [key, coefficient] of terms) {
    const value = constantValue(coefficient);
    if (value === undefined) return undefined;
    const factors = exponentsOf(key).flatMap((power, i) => Array<number>(power).fill(i));
    if (factors.length > 2) return undefined;
    if (factors.length === 0) constant = value;
    if (factors.length === 1) linear[factors[0]] = value;
    if (factors.length === 2) {
      square[3 * factors[0] + factors[1]] += value / 2;
      square[3 * factors[1] + factors[0]] += value / 2;
    }
  }
  const size = Math.hypot(...linear);
  const place = [0, 1, 2].sort((a, b) => Math.abs(square[4 * b]) - Math.abs(square[4 * a]))[0];
  if (size === 0 && square[4 * place] === 0)
    return square.every((x) => x === 0) ? { axis: [0, 0, 1], coefficients: [constant, 0, 0] } : undefined;
  const direction = size > 0 ? linear : [...square.slice(3 * place, 3 * place + 3)];
  // make the largest component positive, so that opposite conditions share their axis
  const most = direction.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  const length = Math.sign(most) * Math.hypot(...direction);
  const axis: Triple = [direction[0] / length, direction[1] / length, direction[2] / length];
  const trace = square[0] + square[4] + square[8];
  // the quadratic part must be trace · axis axisᵀ
  const rest = square.some(
    (x, i) => Math.abs(x - trace * axis[(i / 3) | 0] * axis[i % 3]) > 1e-14 * (Math.abs(trace) + size),
  );
  return rest ? undefined : { axis, coefficients: [constant, Math.sign(length) * size, trace] };
}

/** The rest of the sphere. */
export function complementOf({ axis, intervals }: ProjectionSet): ProjectionSet {
  const edges = [-1, ...intervals.flatMap(({ from, to }) => [from, to]), 1];
  const rest: Heights[] = [];
  for (let i = 0; i < edges.length; i += 2)
    if (edges[i] < edges[i + 1]) rest.push({ from: edges[i], to: edges[i + 1] });
  return { axis, intervals: rest };
}
