/**
 * The incomplete gamma function, on which every chi-squared and Poisson probability rests.
 *
 * Own code because the packages tried fail at what is needed: @stdlib's gammainc is wrong by 1e-3 to 2e-2 for
 * a above 200 near x = a, and cephes is WebAssembly that must be awaited. Checked against cephes in the tests.
 */

/** Coefficients of ln Γ's asymptotic series, B_2k/(2k(2k−1)). */
const stirling = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
];

/** The remainder ln Γ(a) − [(a−½) ln a − a + ½ ln 2π] for a ≥ 15, to rounding. */
function stirlingRemainder(a: number): number {
  const square = 1 / (a * a);
  let sum = 0;
  for (let k = stirling.length - 1; k >= 0; k--) sum = sum * square + stirling[k];
  return sum / a;
}

/** ln Γ(a) for a > 0. */
export function logGamma(a: number): number {
  let product = 1;
  while (a < 15) product *= a++;
  return (a - 0.5) * Math.log(a) - a + 0.5 * Math.log(2 * Math.PI) + stirlingRemainder(a) - Math.log(product);
}

/** λ − 1 − ln λ at λ = 1 + μ, without cancellation at small μ. */
function excess(mu: number): number {
  if (Math.abs(mu) > 0.4) return mu - Math.log1p(mu);
  const u = mu / (2 + mu);
  let power = u;
  let sum = 0;
  for (let k = 3; k < 60; k += 2) {
    power *= u * u;
    sum += power / k;
    if (Math.abs(power) < 1e-20 * mu * mu) break;
  }
  return u * mu - 2 * sum;
}

/** ln of the Poisson weight x^a e^−x / Γ(a+1); a ≥ 0 need not be an integer, x > 0. Relative to 1e-15 |result|. */
export function logPoissonWeight(a: number, x: number): number {
  if (a < 15) return a * Math.log(x) - x - logGamma(a + 1);
  return -a * excess((x - a) / a) - 0.5 * Math.log(2 * Math.PI * a) - stirlingRemainder(a);
}

/** Σ x^n Γ(a+1)/Γ(a+1+n), so that P(a, x) = weight × sum. */
function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) sum += term *= x / (a + n);
  return sum;
}

/** Legendre's continued fraction, so that Q(a, x) = weight × a × fraction; Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 1e7; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return fraction;
}

/**
 * Regularized upper incomplete gamma function Q(a, x) = Γ(a, x)/Γ(a), a > 0: the probability that a gamma
 * variable of shape a exceeds x. For a ≥ 0.5 small tails keep their relative accuracy (1e-12) down to 1e-300, then 0.
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? Number.NaN : 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const weight = Math.exp(logPoissonWeight(a, x));
  return x < a + 1 ? Math.max(0, 1 - weight * lowerSeries(a, x)) : weight * a * upperFraction(a, x);
}

/** Regularized lower incomplete gamma function P(a, x) = 1 − Q(a, x), accurate where it is small. */
export function lowerIncompleteGamma(a: number, x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? Number.NaN : 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  const weight = Math.exp(logPoissonWeight(a, x));
  return x < a + 1 ? weight * lowerSeries(a, x) : Math.max(0, 1 - weight * a * upperFraction(a, x));
}
