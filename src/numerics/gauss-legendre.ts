/** Nodes and weights of a quadrature rule. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const known = new Map<number, Quadrature>();

/**
 * Gauss–Legendre rule with n nodes on [−1, 1], ascending; exact for polynomials of degree 2n−1.
 * Newton iteration on P_n from the usual cosine guess (Abramowitz & Stegun 25.4.29).
 */
export function gaussLegendre(n: number): Quadrature {
  const found = known.get(n);
  if (found) return found;
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < (n + 1) >> 1; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let iteration = 0; iteration < 100; iteration++) {
      let p = 1;
      let before = 0;
      for (let k = 0; k < n; k++) [p, before] = [((2 * k + 1) * x * p - k * before) / (k + 1), p];
      slope = (n * (x * p - before)) / (x * x - 1);
      const step = p / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    if (n % 2 === 1 && i === (n - 1) / 2) x = 0;
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  const rule = { nodes, weights };
  known.set(n, rule);
  return rule;
}

/** The same rule moved to [from, to]. */
export function gaussLegendreOn(n: number, from: number, to: number): Quadrature {
  const { nodes, weights } = gaussLegendre(n);
  const half = (to - from) / 2;
  const middle = (to + from) / 2;
  return { nodes: nodes.map((x) => middle + half * x), weights: weights.map((w) => half * w) };
}

/** ∫ f over [from, to] with `panels` equal panels of `order` Gauss points. */
export function integrate(
  f: (x: number) => number,
  from: number,
  to: number,
  panels = 16,
  order = 16,
): number {
  const { nodes, weights } = gaussLegendre(order);
  const half = (to - from) / (2 * panels);
  let sum = 0;
  for (let p = 0; p < panels; p++) {
    const middle = from + (2 * p + 1) * half;
    for (let i = 0; i < order; i++) sum += weights[i] * f(middle + half * nodes[i]);
  }
  return sum * half;
}
