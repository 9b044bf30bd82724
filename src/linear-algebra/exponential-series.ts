import { denseExponential, multiplyDense } from "./matrix-exponential.ts";

/** A difference of times that occurs this often gets a matrix exponential of its own. */
const oftenEnough = 3;
/** Norm of the matrix times δ, the shortest time of the chain; a Taylor series covers shorter times. */
const shortestNorm = 1;
const taylorTerms = 24;

/**
 * exp(tA) b at ascending times t ≥ 0 for a dense n×n matrix (rows contiguous). One chain of squarings holds
 * exp(δA), exp(2δA), exp(4δA), …; every time is a sum of these and a remainder shorter than δ. Times that
 * are evenly spaced cost one product each.
 */
export function exponentialSeries(
  a: Float64Array,
  n: number,
  b: Float64Array,
  times: readonly number[],
): Float64Array[] {
  const longest = times[times.length - 1] ?? 0;
  let size = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(a[i * n + j]);
    size = Math.max(size, sum);
  }
  const doublings = Math.max(0, Math.ceil(Math.log2((longest * size) / shortestNorm)));
  if (!Number.isFinite(doublings)) return times.map(() => new Float64Array(n).fill(Number.NaN));
  const shortest = longest / 2 ** doublings;
  const chain: Float64Array[] = [];
  const power = (k: number): Float64Array => {
    while (chain.length <= k)
      chain.push(
        chain.length === 0
          ? denseExponential(
              a.map((x) => x * shortest),
              n,
            )
          : multiplyDense(chain[chain.length - 1], chain[chain.length - 1], n),
      );
    return chain[k];
  };
  /** exp(tA) X for m columns, rows contiguous. */
  const advance = (x: Float64Array, t: number, columns: number): Float64Array => {
    let parts = Math.floor(t / shortest);
    const rest = t - parts * shortest;
    let y = rest > 1e-15 * longest ? taylor(a, n, x, rest, columns) : x.slice();
    for (let k = 0; parts > 0; k++, parts = Math.floor(parts / 2))
      if (parts % 2 === 1) y = product(power(k), y, n, columns);
    return y;
  };
  const differences = times.map((t, i) => Number((t - (i === 0 ? 0 : times[i - 1])).toPrecision(11)));
  const counts = new Map<number, number>();
  for (const d of differences) counts.set(d, (counts.get(d) ?? 0) + 1);
  const own = new Map<number, Float64Array>();
  let y = b;
  return differences.map((difference, i) => {
    if ((counts.get(difference) as number) < oftenEnough + n / 20)
      y = advance(y, times[i] - (i === 0 ? 0 : times[i - 1]), 1);
    else {
      let matrix = own.get(difference);
      if (!matrix) {
        const one = new Float64Array(n * n);
        for (let j = 0; j < n; j++) one[j * (n + 1)] = 1;
        matrix = advance(one, difference, n);
        own.set(difference, matrix);
      }
      y = product(matrix, y, n, 1);
    }
    return y;
  });
}

function product(a: Float64Array, x: Float64Array, n: number, columns: number): Float64Array {
  if (columns === n) return multiplyDense(a, x, n);
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let [s0, s1] = [0, 0];
    let j = 0;
    for (; j + 1 < n; j += 2) {
      s0 += a[row + j] * x[j];
      s1 += a[row + j + 1] * x[j + 1];
    }
    if (j < n) s0 += a[row + j] * x[j];
    out[i] = s0 + s1;
  }
  return out;
}

function taylor(a: Float64Array, n: number, x: Float64Array, t: number, columns: number): Float64Array {
  const sum = x.slice();
  let term = x;
  for (let k = 1; k <= taylorTerms; k++) {
    term = product(a, term, n, columns);
    let [largest, most] = [0, 0];
    for (let i = 0; i < term.length; i++) {
      term[i] *= t / k;
      sum[i] += term[i];
      largest = Math.max(largest, Math.abs(term[i]));
      most = Math.max(most, Math.abs(sum[i]));
    }
    if (largest <= 1e-17 * most) break;
  }
  return sum;
}
