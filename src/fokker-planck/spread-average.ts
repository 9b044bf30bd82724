import type { SpreadLaw } from "../physics/spread.ts";
import type { Exact } from "./exact.ts";
import type { SpreadCell } from "./spread-cells.ts";
import { isEarly, isOpen, keyOf, leftAfter, products } from "./spread-cells.ts";
import type { SpreadNode, SpreadUnit } from "./spread-nodes.ts";
import { firstUnit } from "./spread-nodes.ts";

/** How well figures are wanted: absolute or relative to each. */
export interface Accuracy {
  readonly of: "absolute" | "relative";
  /** Aimed at while nodes are few. */
  readonly wanted: number;
  /** Enough once they are many. */
  readonly enough: number;
  /** Nodes up to which `wanted` is aimed at, and the most that are taken. */
  readonly few: number;
  readonly most: number;
  /** |figure| is at most this: what is not known at a node that was refused. Without it such a node ends the average. */
  readonly bound?: number | undefined;
}

/** Means of figures over all variates, each with an estimate of its error. */
export interface Means {
  readonly values: Float64Array;
  readonly errors: Float64Array;
}

export interface SpreadAverage extends Means {
  /** Standard variates of the nodes. */
  readonly points: readonly (readonly number[])[];
  /** Weights of the figures at the nodes in a mean; 0 where a node was refused. */
  readonly weights: Float64Array;
  /** Refused nodes that count most in the error, if any. */
  readonly refused?: Refusal;
  /** Means of other figures, given at each node; null where it was refused. */
  combine(rows: readonly (ArrayLike<number> | null)[]): Means;
}

export interface Refusal {
  readonly point: readonly number[];
  readonly reason: string;
}

/**
 * Mean of figures over independent standard variates by adaptive interpolation. A node's surplus is what the figure differs there from
 * the interpolation of the nodes before; surpluses times the means of the basis functions add up to the mean, and those of units
 * that are not refined yet estimate its error. Units are refined in all variates, where the estimate is largest (dimension-adaptive: T.
 * Gerstner and M. Griebel, Computing 71 (2003) 65; local: X. Ma and N. Zabaras, J. Comput. Phys. 228 (2009) 3084), so that smooth figures
 * cost the nodes of a Gauss rule and a step is found by halving.
 */
export function adaptiveAverage(
  laws: readonly SpreadLaw[],
  figuresAt: (point: readonly number[]) => Exact<ArrayLike<number>>,
  accuracy: Accuracy,
): SpreadAverage | Refusal {
  const points: number[][] = [];
  const factors: SpreadNode[][] = [];
  const weights: number[] = [];
  const isMissing: boolean[] = [];
  /** Values of the basis functions before at each node: the triangle that surpluses solve. */
  const triangle: Float64Array[] = [];
  const cells: SpreadCell[] = [];
  const places = new Map<string, SpreadCell>();
  let refused: (Refusal & { weight: number }) | undefined;

  /** Appends the surpluses of node k for a row of figures. */
  const surplusOf = (k: number, row: ArrayLike<number>, before: readonly Float64Array[]): Float64Array => {
    const surplus = Float64Array.from(row);
    triangle[k].forEach((value, j) => {
      if (value === 0 || isMissing[j]) return;
      const earlier = before[j];
      for (let i = 0; i < surplus.length; i++) surplus[i] -= value * earlier[i];
    });
    return surplus;
  };
  /** What a cell adds to figures of given means. */
  const addedBy = (
    cell: SpreadCell,
    surpluses: readonly Float64Array[],
    size: number,
    values: Float64Array,
  ): Float64Array => {
    const [sum, absolute] = [new Float64Array(size), new Float64Array(size)];
    let unknown = 0;
    for (let k = cell.first; k < cell.last; k++) {
      if (isMissing[k]) unknown += 2 * (accuracy.bound ?? 0) * Math.abs(weights[k]);
      else
        surpluses[k].forEach((s, i) => {
          sum[i] += weights[k] * s;
          absolute[i] += Math.abs(weights[k] * s);
        });
    }
    return sum.map((s, i) => {
      const scale = accuracy.of === "absolute" ? (accuracy.bound ?? 1) : Math.abs(values[i]);
      return (
        Math.max(Math.abs(s), absolute[i] ** 2 / Math.max(scale, absolute[i], Number.MIN_VALUE)) + unknown
      );
    });
  };
  const errorsOf = (own: (cell: SpreadCell) => Float64Array, size: number): Float64Array => {
    const errors = new Float64Array(size);
    for (const cell of cells)
      if (isOpen(cell)) for (let i = 0; i < size; i++) errors[i] += leftAfter(cell, own, i);
    return errors;
  };

  const surpluses: Float64Array[] = [];
  let values = new Float64Array(0);
  const take = (units: readonly SpreadUnit[], behind: readonly SpreadCell[]): Refusal | undefined => {
    const cell: SpreadCell = {
      units,
      behind,
      first: points.length,
      last: points.length,
      isRefined: false,
      missing: [],
      after: 0,
      own: values,
    };
    for (const nodes of products(units.map(({ nodes }) => nodes))) {
      const k = points.length;
      const point = nodes.map(({ x }) => x);
      const weight = nodes.reduce((product, node) => product * node.weight, 1);
      const found = figuresAt(point);
      if (found.value === null) {
        if (accuracy.bound === undefined || k === 0) return { point, reason: found.reason };
        if (!refused || Math.abs(weight) > refused.weight)
          refused = { point, reason: found.reason, weight: Math.abs(weight) };
      }
      triangle.push(
        Float64Array.from(factors, (earlier) =>
          earlier.reduce((product, node, d) => (product === 0 ? 0 : product * node.basis(point[d])), 1),
        ),
      );
      points.push(point);
      factors.push(nodes);
      weights.push(weight);
      isMissing.push(found.value === null);
      if (found.value === null) surpluses.push(new Float64Array(values.length));
      else {
        const surplus = surplusOf(k, found.value, surpluses);
        surpluses.push(surplus);
        if (k === 0) values = new Float64Array(surplus.length);
        surplus.forEach((s, i) => {
          values[i] += weight * s;
        });
      }
      cell.last = points.length;
    }
    cells.push(cell);
    places.set(keyOf(units), cell);
    cell.own = addedBy(cell, surpluses, values.length, values);
    return undefined;
  };

  const at = (units: readonly SpreadUnit[]): SpreadCell | undefined => places.get(keyOf(units));
  const behindOf = (units: readonly SpreadUnit[]): (readonly SpreadUnit[])[] =>
    units.flatMap((unit, e) => (unit.parent ? [units.with(e, unit.parent)] : []));
  /** Takes the units after a cell in every variate, and all others that waited for it. */
  const refine = (cell: SpreadCell): Refusal | undefined => {
    cell.isRefined = true;
    cell.missing = cell.units.flatMap((unit, d) => unit.children().map((child) => cell.units.with(d, child)));
    cell.after = cell.missing.length;
    for (const waiting of cells.filter(({ missing }) => missing.length > 0)) {
      const unresolved: (readonly SpreadUnit[])[] = [];
      for (const units of waiting.missing) {
        if (at(units)) continue;
        const behind = behindOf(units).map(at);
        if (!behind.every((neighbour) => neighbour?.isRefined)) unresolved.push(units);
        else {
          const failed = take(units, behind as SpreadCell[]);
          if (failed) return failed;
        }
      }
      waiting.missing = unresolved;
    }
    return undefined;
  };
  /** The cell to be refined so that units can be taken in the end. */
  const wayTo = (units: readonly SpreadUnit[]): SpreadCell => {
    const behind = behindOf(units);
    const absent = behind.find((neighbour) => !at(neighbour));
    if (absent) return wayTo(absent);
    return behind
      .map((neighbour) => at(neighbour) as SpreadCell)
      .find(({ isRefined }) => !isRefined) as SpreadCell;
  };
  const weightOf = (units: readonly SpreadUnit[]): number =>
    units.reduce(
      (product, { nodes }) => product * nodes.reduce((sum, { weight }) => sum + Math.abs(weight), 0),
      1,
    );

  const failed = take(
    laws.map((law) => firstUnit(law)),
    [],
  );
  if (failed) return failed;
  let errors: Float64Array = new Float64Array(values.length);
  while (laws.length > 0) {
    const goal = points.length < accuracy.few ? accuracy.wanted : accuracy.enough;
    const allowed = values.map((v) => goal * (accuracy.of === "absolute" ? 1 : Math.abs(v)));
    errors = errorsOf(({ own }) => own, values.length);
    const open = cells.filter(isOpen);
    // the nested rules of single variates are always computed: three nodes see too little
    const early = open.find(({ units, isRefined }) => !isRefined && isEarly(units));
    if (!early && errors.every((e, i) => e <= allowed[i])) break;
    if (!early && points.length >= accuracy.most) break;
    const urgency = (cell: SpreadCell): number => {
      let most = 0;
      errors.forEach((e, i) => {
        if (e > allowed[i])
          most = Math.max(
            most,
            leftAfter(cell, ({ own }) => own, i) / Math.max(allowed[i], Number.MIN_VALUE),
          );
      });
      return most;
    };
    const next = early ?? open.reduce((a, b) => (urgency(b) > urgency(a) ? b : a));
    const failed = refine(
      next.isRefined ? wayTo(next.missing.reduce((a, b) => (weightOf(b) > weightOf(a) ? b : a))) : next,
    );
    if (failed) return failed;
  }
  return {
    points,
    values,
    errors,
    ...(refused ? { refused } : {}),
    weights: effectiveWeights(triangle, weights, isMissing),
    combine(rows) {
      const found: Float64Array[] = [];
      const size = rows.find((row) => row !== null)?.length ?? 0;
      const means = new Float64Array(size);
      rows.forEach((row, k) => {
        const surplus = row === null ? new Float64Array(size) : surplusOf(k, row, found);
        found.push(surplus);
        for (let i = 0; i < size; i++) means[i] += weights[k] * surplus[i];
      });
      const own = new Map(cells.map((cell) => [cell, addedBy(cell, found, size, means)]));
      const zero = new Float64Array(size);
      return {
        values: means,
        errors: laws.length === 0 ? zero : errorsOf((cell) => own.get(cell) ?? zero, size),
      };
    },
  };
}

/** Solves the transposed triangle: weights of figures instead of those of surpluses. */
function effectiveWeights(
  triangle: readonly Float64Array[],
  weights: readonly number[],
  isMissing: readonly boolean[],
): Float64Array {
  const out = Float64Array.from(weights, (w, k) => (isMissing[k] ? 0 : w));
  for (let k = out.length - 1; k >= 0; k--)
    triangle[k].forEach((value, j) => {
      if (value !== 0 && !isMissing[j]) out[j] -= value * out[k];
    });
  return out;
}
