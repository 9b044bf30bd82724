import type { Quadrature } from "./gauss-legendre.ts";

/** h₀ … h_top at x: Hermite polynomials that are orthonormal under the standard normal density. */
export function hermitePolynomials(x: number, top: number, out = new Float64Array(top + 1)): Float64Array {
  out[0] = 1;
  if (top > 0) out[1] = x;
  for (let n = 1; n < top; n++) out[n + 1] = (x * out[n] - Math.sqrt(n) * out[n - 1]) / Math.sqrt(n + 1);
  return out;
}

const known = new Map<number, Quadrature>();

/**
 * Gauss rule with n nodes of the standard normal density, ascending; exact for polynomials of degree 2n − 1. The nodes of one order lie
 * between those of the next, so that bisection finds them all; the weights are Christoffel's, 1/Σ h_k².
 */
export function gaussHermite(n: number): Quadrature {
  const found = known.get(n);
  if (found) return found;
  const values = new Float64Array(n + 1);
  let nodes: number[] = [];
  for (let order = 1; order <= n; order++) {
    const edge = 2 * Math.sqrt(order) + 1;
    const bounds = [-edge, ...nodes, edge];
    nodes = Array.from({ length: order }, (_, i) => {
      let [low, high] = [bounds[i], bounds[i + 1]];
      const isRising = hermitePolynomials(low, order, values)[order] < 0;
      for (let k = 0; k < 60 && high - low > 1e-15; k++) {
        const middle = (low + high) / 2;
        if (hermitePolynomials(middle, order, values)[order] < 0 === isRising) low = middle;
        else high = middle;
      }
      return (low + high) / 2;
    });
  }
  const weights = Float64Array.from(nodes, (x) => {
    const h = hermitePolynomials(x, n - 1);
    return 1 / h.reduce((sum, v) => sum + v * v, 0);
  });
  const rule = { nodes: Float64Array.from(nodes), weights };
  known.set(n, rule);
  return rule;
}
