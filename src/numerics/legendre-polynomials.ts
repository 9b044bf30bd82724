/** P₀(x) … P_order(x) by the recurrence of three terms. */
export function legendrePolynomials(x: number, order: number): Float64Array {
  const p = new Float64Array(order + 1);
  p[0] = 1;
  if (order > 0) p[1] = x;
  for (let n = 2; n <= order; n++) p[n] = ((2 * n - 1) * x * p[n - 1] - (n - 1) * p[n - 2]) / n;
  return p;
}
