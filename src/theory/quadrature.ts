interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}
const rules = new Map<number, Rule>();

/** Gauss–Legendre nodes and weights on [−1, 1], by Newton's method on P_n; to rounding. Kept once computed. */
export function gaussLegendre(n: number): Rule {
  const kept = rules.get(n);
  if (kept !== undefined) return kept;
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 20; step++) {
      let [before, now] = [1, x];
      for (let k = 2; k <= n; k++) [before, now] = [now, ((2 * k - 1) * x * now - (k - 1) * before) / k];
      slope = (n * (before - x * now)) / (1 - x * x);
      const change = now / slope;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  const rule = { nodes, weights };
  rules.set(n, rule);
  return rule;
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
