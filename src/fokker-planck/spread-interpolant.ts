import type { Exact } from "./exact.ts";
import type { SpreadCell } from "./spread-cells.ts";
import type { SpreadNode } from "./spread-nodes.ts";

/** The scale of the errors of means; `bound`, if given, is a bound of |figure|. */
export interface ErrorScale {
  readonly of: "absolute" | "relative";
  readonly bound?: number | undefined;
}

/** Figures at one node, each with its own error, absolute. */
export interface FiguresWithErrors {
  readonly value: ArrayLike<number>;
  readonly errors: ArrayLike<number>;
  readonly reason?: undefined;
}

/** Figures at one node; a single `errorEstimate` is the error of all, absolute or relative according to the accuracy of the average. */
export type NodeFigures = Exact<ArrayLike<number>> | FiguresWithErrors;

/**
 * Figures interpolated over standard variates, node by node. A node's surplus is the difference of the figures there from the
 * interpolation of the earlier nodes. The sum of surpluses times the means of the basis functions is the mean.
 */
export class SpreadInterpolant {
  readonly points: number[][] = [];
  /** Means of the basis functions. */
  readonly weights: number[] = [];
  readonly surpluses: Float64Array[] = [];
  /** Means of the figures so far. */
  values = new Float64Array(0);
  readonly #factors: SpreadNode[][] = [];
  readonly #isMissing: boolean[] = [];
  readonly #found: NodeFigures[] = [];
  /** Values of the earlier basis functions at each node: the triangular system of the surpluses. */
  readonly #triangle: Float64Array[] = [];

  /** Adds a node with its figures, or without any if they were refused. */
  add(nodes: SpreadNode[], found: NodeFigures): void {
    const k = this.points.length;
    const point = nodes.map(({ x }) => x);
    const weight = weightOfNode(nodes);
    this.#triangle.push(
      Float64Array.from(this.#factors, (earlier) =>
        earlier.reduce((product, node, d) => (product === 0 ? 0 : product * node.basis(point[d])), 1),
      ),
    );
    this.points.push(point);
    this.#factors.push(nodes);
    this.weights.push(weight);
    this.#isMissing.push(found.value === null);
    this.#found.push(found);
    if (found.value === null) {
      this.surpluses.push(new Float64Array(this.values.length));
      return;
    }
    const surplus = this.surplusOf(k, found.value, this.surpluses);
    this.surpluses.push(surplus);
    if (k === 0) this.values = new Float64Array(surplus.length);
    surplus.forEach((s, i) => {
      this.values[i] += weight * s;
    });
  }

  /** The surplus of node k for a row of figures, from the surpluses of the earlier nodes. */
  surplusOf(k: number, row: ArrayLike<number>, before: readonly Float64Array[]): Float64Array {
    const surplus = Float64Array.from(row);
    this.#triangle[k].forEach((value, j) => {
      if (value === 0 || this.#isMissing[j]) return;
      const earlier = before[j];
      for (let i = 0; i < surplus.length; i++) surplus[i] -= value * earlier[i];
    });
    return surplus;
  }

  /** The contribution of a cell's nodes to figures with given means, which estimates the error as long as no finer cell exists. */
  addedBy(
    { first, last }: Pick<SpreadCell, "first" | "last">,
    surpluses: readonly Float64Array[],
    values: Float64Array,
    { of, bound }: ErrorScale,
  ): Float64Array {
    const [sum, absolute] = [new Float64Array(values.length), new Float64Array(values.length)];
    let unknown = 0;
    for (let k = first; k < last; k++) {
      if (this.#isMissing[k]) unknown += 2 * (bound ?? 0) * Math.abs(this.weights[k]);
      else
        surpluses[k].forEach((s, i) => {
          sum[i] += this.weights[k] * s;
          absolute[i] += Math.abs(this.weights[k] * s);
        });
    }
    return sum.map((s, i) => {
      const scale = of === "absolute" ? (bound ?? 1) : Math.abs(values[i]);
      return (
        Math.max(Math.abs(s), absolute[i] ** 2 / Math.max(scale, absolute[i], Number.MIN_VALUE)) + unknown
      );
    });
  }

  /** Largest errors of the means from the errors of the nodes' own figures. */
  errorsOfNodes({ of }: ErrorScale): Float64Array {
    return errorsCarried(this.figureWeights(), this.#found, of);
  }

  /** Weights of the figures themselves instead of those of surpluses, from the transposed triangle; 0 at a node without figures. */
  figureWeights(): Float64Array {
    const out = Float64Array.from(this.weights, (w, k) => (this.#isMissing[k] ? 0 : w));
    for (let k = out.length - 1; k >= 0; k--)
      this.#triangle[k].forEach((value, j) => {
        if (value !== 0 && !this.#isMissing[j]) out[j] -= value * out[k];
      });
    return out;
  }
}

/** Σ |weight| · error of the figures at each node. */
export function errorsCarried(
  weights: Float64Array,
  found: readonly NodeFigures[],
  of: ErrorScale["of"],
): Float64Array {
  const size = found.find(({ value }) => value !== null)?.value?.length ?? 0;
  const out = new Float64Array(size);
  found.forEach((figures, k) => {
    const { value } = figures;
    if (value === null) return;
    for (let i = 0; i < size; i++) {
      const own =
        "errors" in figures
          ? figures.errors[i]
          : (figures.errorEstimate ?? 0) * (of === "absolute" ? 1 : Math.abs(value[i]));
      out[i] += Math.abs(weights[k]) * own;
    }
  });
  return out;
}

export const weightOfNode = (nodes: readonly SpreadNode[]): number =>
  nodes.reduce((product, node) => product * node.weight, 1);
