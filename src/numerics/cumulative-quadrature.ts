import { gaussLegendre } from "./gauss-legendre.ts";
import { legendrePolynomials } from "./legendre-polynomials.ts";

/** Panels one after the other, each with the same number of Gauss nodes. */
export interface GaussPanels {
  /** Nodes on each panel. */
  readonly order: number;
  /** Weights of all nodes. */
  readonly weights: Float64Array;
  /** Half the width of each panel. */
  readonly halves: Float64Array;
}

const known = new Map<number, Float64Array>();

/** Row i: weights with which values at the Gauss nodes of [−1, 1] give the integral of their polynomial from −1 to node i. */
function weightsToNodes(order: number): Float64Array {
  const found = known.get(order);
  if (found) return found;
  const { nodes, weights } = gaussLegendre(order);
  const at = [...nodes].map((x) => legendrePolynomials(x, order));
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++)
    for (let j = 0; j < order; j++) {
      // ∫P_l = (P_{l+1} − P_{l−1})/(2l+1)
      let sum = (nodes[i] + 1) / 2;
      for (let l = 1; l < order; l++) sum += (at[j][l] * (at[i][l + 1] - at[i][l - 1])) / 2;
      matrix[i * order + j] = sum * weights[j];
    }
  known.set(order, matrix);
  return matrix;
}

/**
 * Integrals of f from one end to every node. Those from the right end are summed from there, not taken as
 * differences.
 */
export function cumulative(
  f: Float64Array,
  { order, weights, halves }: GaussPanels,
  fromRight: boolean,
): Float64Array {
  const toNodes = weightsToNodes(order);
  const out = new Float64Array(f.length);
  const last = order * order - 1;
  let sum = 0;
  for (let step = 0; step < halves.length; step++) {
    const p = fromRight ? halves.length - 1 - step : step;
    const base = p * order;
    for (let i = 0; i < order; i++) {
      let part = 0;
      for (let j = 0; j < order; j++) {
        const place = i * order + j;
        part += toNodes[fromRight ? last - place : place] * f[base + j];
      }
      out[base + i] = sum + halves[p] * part;
    }
    for (let j = 0; j < order; j++) sum += weights[base + j] * f[base + j];
  }
  return out;
}
