import type { Exact } from "./exact.ts";
import type { SpreadCell } from "./spread-cells.ts";
import type { SpreadNode } from "./spread-nodes.ts";

/** In what the error of a mean is measured: `bound`, where there is one, is what no figure exceeds. */
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

/** Figures at one node; one `errorEstimate` is of all of them, absolute or relative to each as the average's accuracy is. */
export type NodeFigures = Exact<ArrayLike<number>> | FiguresWithErrors;

/**
 * Figures interpolated over standard variates, node by node. A node's surplus is what the figures differ there from the interpolation of
 * the nodes before; surpluses times the means of the basis functions add up to the mean.
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
  /** Values of the basis functions before at each node: the triangle that surpluses solve. */
  readonly #triangle: Float64Array[] = [];

  /** Adds a node with the figures there, or without any. */
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

  /** The surplus of node k for a row of figures, by the surpluses of those before it. */
  surplusOf(k: number, row: ArrayLike<number>, before: readonly Float64Array[]): Float64Array {
    const surplus = Float64Array.from(row);
    this.#triangle[k].forEach((value, j) => {
      if (value === 0 || this.#isMissing[j]) return;
      const earlier = before[j];
      for (let i = 0; i < surplus.length; i++) surplus[i] -= value * earlier[i];
    });
    return surplus;
  }

  /** What the nodes of a cell add to figures of given means: an estimate of the error while nothing is finer. */
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

  /** Errors of the means that come from those of the nodes' own figures, however these conspire. */
  errorsOfNodes({ of }: ErrorScale): Float64Array {
    return errorsCarried(this.figureWeights(), this.#found, of);
  }

  /** Weights of the figures themselves instead of those of surpluses, by the transposed triangle; 0 where a node has none. */
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
