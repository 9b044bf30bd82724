/**
 * Nodes and weights with which Σ w f(x) is the mean of f over a standard normal variate, exactly for polynomials up
 * to degree 2n − 1. Newton's iteration on the orthonormal Hermite functions.
 */
export function gaussHermite(n: number): { nodes: number[]; weights: number[] } {
  const nodes: number[] = [];
  const weights: number[] = [];
  /** Orthonormal Hermite polynomials of the normal weight: value of order n and of order n − 1. */
  const values = (x: number): [number, number] => {
    let [before, now] = [0, 1];
    for (let k = 1; k <= n; k++) [before, now] = [now, (x * now - Math.sqrt(k - 1) * before) / Math.sqrt(k)];
    return [now, before];
  };
  // sign changes on a grid finer than the closest zeros, then Newton: h_n' = √n h_(n−1)
  const reach = 2 * Math.sqrt(n) + 1;
  // an odd number of cells: the zero of odd orders lies inside one, not between two
  const cells = 400 * n + 1;
  for (let i = 0; i < cells; i++) {
    const a = -reach + (2 * reach * i) / cells;
    const b = -reach + (2 * reach * (i + 1)) / cells;
    if (values(a)[0] * values(b)[0] > 0) continue;
    let x = (a + b) / 2;
    for (let k = 0; k < 20; k++) {
      const [value, before] = values(x);
      x -= value / (Math.sqrt(n) * before);
    }
    const [, before] = values(x);
    nodes.push(x);
    weights.push(1 / (n * before * before));
  }
  return { nodes, weights };
}
