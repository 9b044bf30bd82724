import { cumulative } from "../numerics/cumulative-quadrature.ts";
import type { Quadrature } from "../numerics/gauss-legendre.ts";
import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import { legendrePolynomials } from "../numerics/legendre-polynomials.ts";
import type { Meridian } from "./meridian.ts";

/** Nodes on each panel. A panel is narrow enough for W to vary by at most `variation`. */
const order = 16;
export const panelSize = order;
const variation = 3;
const smallestPanel = 2 ** -24;
/** Largest length of a panel over its distance from a pole; at 3 the Gauss nodes integrate 1/(1 − z²) to all digits. */
const steepest = 3;

/**
 * Functions of z on [from, to] ⊂ [−1, 1] with the weight exp(−W): panels of Gauss nodes, and cumulative integrals from either end. W may
 * span hundreds of kT; all integrands stay positive, so nothing cancels.
 */
export interface AxialProfile {
  readonly z: Float64Array;
  readonly weights: Float64Array;
  /** W − min W at the nodes. */
  readonly exponent: Float64Array;
  /** Normalized weight exp(−W)/∫exp(−W) dz. */
  readonly density: Float64Array;
  /** Smallest W at the nodes; `logPartition` is ln ∫exp(−(W − min W)) dz. */
  readonly lowest: number;
  readonly logPartition: number;
  integral(f: Float64Array): number;
  fromLeft(f: Float64Array): Float64Array;
  fromRight(f: Float64Array): Float64Array;
}

/** Makes a profile. With `halved` every panel is cut in two; the change of a figure is then the error of the quadratures. */
export function axialProfile(potential: Meridian, from = -1, to = 1, halved = false): AxialProfile {
  const rule = gaussLegendre(order);
  const needed = subdivide(potential, rule, from, to);
  const panels = halved
    ? needed.flatMap((end, p) => (p === 0 ? [end] : [(needed[p - 1] + end) / 2, end]))
    : needed;
  const count = panels.length - 1;
  const z = new Float64Array(count * order);
  const weights = new Float64Array(z.length);
  for (let p = 0; p < count; p++) {
    const half = (panels[p + 1] - panels[p]) / 2;
    for (let i = 0; i < order; i++) {
      z[p * order + i] = panels[p] + half * (1 + rule.nodes[i]);
      weights[p * order + i] = half * rule.weights[i];
    }
  }
  const exponent = z.map(potential);
  const lowest = exponent.reduce((a, b) => Math.min(a, b));
  for (let i = 0; i < z.length; i++) exponent[i] -= lowest;
  const density = exponent.map((w) => Math.exp(-w));
  const total = density.reduce((sum, p, i) => sum + p * weights[i], 0);
  for (let i = 0; i < z.length; i++) density[i] /= total;
  const halves = Float64Array.from({ length: count }, (_, p) => (panels[p + 1] - panels[p]) / 2);
  return {
    z,
    weights,
    exponent,
    density,
    lowest,
    logPartition: Math.log(total),
    integral: (f) => f.reduce((sum, x, i) => sum + x * weights[i], 0),
    fromLeft: (f) => cumulative(f, { order, weights, halves }, false),
    fromRight: (f) => cumulative(f, { order, weights, halves }, true),
  };
}

/** Splits until W varies little on every panel and its Legendre series has converged there. */
function subdivide(potential: Meridian, rule: Quadrature, from: number, to: number): number[] {
  const edges: number[] = [from];
  const visit = (a: number, b: number): void => {
    const values = [...rule.nodes].map((x) => potential(a + ((b - a) * (1 + x)) / 2));
    if (!values.every(Number.isFinite)) throw new RangeError("the potential is not finite on the whole axis");
    const span = Math.max(...values) - Math.min(...values);
    // rounding of a large W must not count as structure
    const resolution = 1e-13 * Math.max(1, span) + 200 * Number.EPSILON * Math.max(...values.map(Math.abs));
    // near a pole outside the interval the resistance 1/(1 − z²) needs panels in proportion to the distance from the pole
    const isSteep = (to < 1 && b - a > steepest * (1 - b)) || (from > -1 && b - a > steepest * (1 + a));
    const wide = isSteep || span > variation || b - a > (to - from) / 8;
    if (b - a > smallestPanel && (wide || seriesTail(values, rule) > resolution)) {
      visit(a, (a + b) / 2);
      visit((a + b) / 2, b);
    } else edges.push(b);
  };
  const marks = (potential.marks ?? []).filter((mark) => mark > from && mark < to);
  [...marks, to].forEach((end) => visit(edges[edges.length - 1], end));
  return edges;
}

/** P₀ … at each node. */
const polynomials = [...gaussLegendre(order).nodes].map((x) => legendrePolynomials(x, order));

/** Largest of the last three Legendre coefficients; on a panel with a kink it stays large. */
function seriesTail(values: readonly number[], { weights }: Quadrature): number {
  const sums = new Float64Array(order);
  for (let i = 0; i < order; i++)
    for (let l = 0; l < order; l++) sums[l] += (l + 0.5) * weights[i] * values[i] * polynomials[i][l];
  return Math.max(...sums.slice(order - 3).map(Math.abs));
}
