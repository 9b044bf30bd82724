import { gaussLegendre } from "./gauss-legendre.ts";

/**
 * The polynomial through values at the n Gauss–Legendre nodes of [−1, 1], evaluated at x; value(i) is the
 * value at node i. Barycentric weights of H. Wang and S. Xiang, Math. Comput. 81 (2012) 861.
 */
export function throughGaussNodes(n: number): (value: (i: number) => number, x: number) => number {
  const { nodes, weights } = gaussLegendre(n);
  const barycentric = nodes.map((x, i) => (i % 2 === 0 ? 1 : -1) * Math.sqrt((1 - x * x) * weights[i]));
  return (value, x) => {
    let [above, below] = [0, 0];
    for (let i = 0; i < n; i++) {
      const apart = x - nodes[i];
      if (apart === 0) return value(i);
      const weight = barycentric[i] / apart;
      above += weight * value(i);
      below += weight;
    }
    return above / below;
  };
}
