import type { SpreadLaw } from "../physics/spread.ts";
import type { SpreadCell } from "./spread-cells.ts";
import { isEarly, isOpen, leftAfter, products } from "./spread-cells.ts";
import { SpreadGrid } from "./spread-grid.ts";
import type { NodeFigures } from "./spread-interpolant.ts";
import { errorsCarried, SpreadInterpolant, weightOfNode } from "./spread-interpolant.ts";
import { firstUnit } from "./spread-nodes.ts";

/** Accuracy of averaged figures: absolute, or relative to each. */
export interface Accuracy {
  readonly of: "absolute" | "relative";
  /** Target error as long as there are few nodes. */
  readonly wanted: number;
  /** Error that is enough with more nodes. */
  readonly enough: number;
  /** Number of nodes up to which `wanted` is the target, and the most nodes. */
  readonly few: number;
  readonly most: number;
  /** Bound of |figure|, used at a node that was refused. Without it such a node ends the average. */
  readonly bound?: number | undefined;
  /** Whether every further node would be refused for lack of time. */
  isOver?(): boolean;
}

/** Means of figures over all variates, each with an error estimate, from the quadrature and from the nodes' own errors. */
export interface Means {
  readonly values: Float64Array;
  readonly errors: Float64Array;
}

export interface SpreadAverage extends Means {
  /** Standard variates of the nodes. */
  readonly points: readonly (readonly number[])[];
  /** Weights of the figures at the nodes in a mean; 0 at a refused node. */
  readonly weights: Float64Array;
  /** The refused node that contributes most to the error, if any. */
  readonly refused?: Refusal;
  /** The part of the errors that refinement reduces. */
  readonly errorsOfQuadrature: Float64Array;
  /** Means of other figures, given at each node; without a value at a refused node. */
  combine(rows: readonly NodeFigures[]): Means;
}

export interface Refusal {
  readonly point: readonly number[];
  readonly reason: string;
}

/**
 * Mean of figures over independent standard variates by adaptive interpolation. A node's surplus is the difference of the figure there
 * from the interpolation of the earlier nodes. The sum of surpluses times the means of the basis functions is the mean; the surpluses of
 * units that are not refined yet estimate its error. The units with the largest estimate are refined, in all variates
 * (dimension-adaptive: T. Gerstner and M. Griebel, Computing 71 (2003) 65; local: X. Ma and N. Zabaras, J. Comput. Phys. 228 (2009)
 * 3084), so smooth figures cost no more than a Gauss rule, and a step is located by halving.
 */
export function adaptiveAverage(
  laws: readonly SpreadLaw[],
  figuresAt: (point: readonly number[]) => NodeFigures,
  accuracy: Accuracy,
): SpreadAverage | Refusal {
  const grown = new SpreadInterpolant();
  let refused: (Refusal & { weight: number }) | undefined;

  const grid = new SpreadGrid<Refusal>((units, behind) => {
    const first = grown.points.length;
    for (const nodes of products(units.map(({ nodes }) => nodes))) {
      const point = nodes.map(({ x }) => x);
      const found = figuresAt(point);
      if (found.value === null) {
        const { reason } = found;
        if (accuracy.bound === undefined || grown.points.length === 0) return { point, reason };
        const weight = Math.abs(weightOfNode(nodes));
        if (!refused || weight > refused.weight) refused = { point, reason, weight };
      }
      grown.add(nodes, found);
    }
    const last = grown.points.length;
    const own = grown.addedBy({ first, last }, grown.surpluses, grown.values, accuracy);
    return { units, behind, first, last, isRefined: false, missing: [], after: 0, own };
  });

  const failed = grid.take(
    laws.map((law) => firstUnit(law)),
    [],
  );
  if (failed) return failed;
  let errors: Float64Array = new Float64Array(grown.values.length);
  while (laws.length > 0) {
    const goal = grown.points.length < accuracy.few ? accuracy.wanted : accuracy.enough;
    const allowed = grown.values.map((v) => goal * (accuracy.of === "absolute" ? 1 : Math.abs(v)));
    errors = grid.errorsOf(({ own }) => own, grown.values.length);
    const isEnough = grown.points.length >= accuracy.most || accuracy.isOver?.() === true;
    const next = mostUrgent(grid.cells.filter(isOpen), errors, allowed, isEnough);
    if (!next) break;
    const failed = grid.refine(grid.nextFor(next));
    if (failed) return failed;
  }
  const weights = grown.figureWeights();
  return {
    points: grown.points,
    values: grown.values,
    errors: sumOf(errors, grown.errorsOfNodes(accuracy)),
    errorsOfQuadrature: errors,
    ...(refused ? { refused } : {}),
    weights,
    combine(rows) {
      const found: Float64Array[] = [];
      const size = rows.find(({ value }) => value !== null)?.value?.length ?? 0;
      const values = new Float64Array(size);
      rows.forEach(({ value: row }, k) => {
        const surplus = row === null ? new Float64Array(size) : grown.surplusOf(k, row, found);
        found.push(surplus);
        for (let i = 0; i < size; i++) values[i] += grown.weights[k] * surplus[i];
      });
      const own = new Map(grid.cells.map((cell) => [cell, grown.addedBy(cell, found, values, accuracy)]));
      const zero = new Float64Array(size);
      const ofQuadrature = laws.length === 0 ? zero : grid.errorsOf((cell) => own.get(cell) ?? zero, size);
      return { values, errors: sumOf(ofQuadrature, errorsCarried(weights, rows, accuracy.of)) };
    },
  };
}

const sumOf = (a: Float64Array, b: Float64Array): Float64Array => a.map((x, i) => x + b[i]);

/** The open cell whose error exceeds the allowed one most; undefined if none does or no more nodes are allowed. */
function mostUrgent(
  open: readonly SpreadCell[],
  errors: Float64Array,
  allowed: Float64Array,
  isEnough: boolean,
): SpreadCell | undefined {
  // always compute the nested rules of single variates: three nodes are too few
  const early = open.find(({ units, isRefined }) => !isRefined && isEarly(units));
  if (early) return early;
  if (isEnough || errors.every((e, i) => e <= allowed[i])) return undefined;
  const urgency = (cell: SpreadCell): number => {
    let most = 0;
    errors.forEach((e, i) => {
      if (e <= allowed[i]) return;
      const share = leftAfter(cell, ({ own }) => own, i) / Math.max(allowed[i], Number.MIN_VALUE);
      most = Math.max(most, share);
    });
    return most;
  };
  return open.reduce((a, b) => (urgency(b) > urgency(a) ? b : a));
}
