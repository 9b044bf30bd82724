import { quantilesOf } from "../../numerics/quantiles.ts";
import { TraceError } from "../trace-error.ts";

export interface Mixture {
  /** Ascending. */
  readonly levels: readonly number[];
  readonly shares: readonly number[];
  /** Standard deviation shared by all. */
  readonly spread: number;
}

/**
 * Normal laws of equal width fitted to a histogram, by expectation and maximization from several starts; the most
 * likely fit is kept. A. P. Dempster, N. M. Laird, D. B. Rubin, J. R. Stat. Soc. B 39 (1977) 1.
 */
export function fitMixture(values: Float64Array, count: number): Mixture {
  const at = quantilesOf(values);
  const [low, high] = [at(0.001), at(0.999)];
  if (!(high > low)) throw new TraceError("the signal is constant: there is no second level");
  const { centres, weights } = histogram(values, low, high, 256);
  const starts = [
    Array.from({ length: count }, (_, i) => low + ((high - low) * (i + 0.5)) / count),
    Array.from({ length: count }, (_, i) => at((i + 0.5) / count)),
    Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1)),
  ];
  const found = starts.map((levels) => climb(centres, weights, levels, (high - low) / (4 * count)));
  const best = found.reduce((a, b) => (b.likelihood > a.likelihood ? b : a));
  const order = best.levels.map((_, i) => i).sort((a, b) => best.levels[a] - best.levels[b]);
  return {
    levels: order.map((i) => best.levels[i]),
    shares: order.map((i) => best.shares[i]),
    spread: best.spread,
  };
}

/** Counts of values in equal bins from `low` to `high`; values outside are not counted. */
export function histogram(
  values: Float64Array,
  low: number,
  high: number,
  bins: number,
): { centres: Float64Array; weights: Float64Array } {
  const width = (high - low) / bins;
  const weights = new Float64Array(bins);
  for (const value of values) {
    const bin = Math.floor((value - low) / width);
    if (bin >= 0 && bin < bins) weights[bin]++;
  }
  return { centres: weights.map((_, i) => low + (i + 0.5) * width), weights };
}

function climb(
  centres: Float64Array,
  weights: Float64Array,
  from: readonly number[],
  width: number,
): { levels: number[]; shares: number[]; spread: number; likelihood: number } {
  let levels = [...from];
  let shares = levels.map(() => 1 / levels.length);
  let spread = width;
  let likelihood = Number.NEGATIVE_INFINITY;
  const total = weights.reduce((sum, w) => sum + w, 0);
  for (let round = 0; round < 300; round++) {
    const [mass, first] = [levels.map(() => 0), levels.map(() => 0)];
    let [second, sum] = [0, 0];
    centres.forEach((x, bin) => {
      if (weights[bin] === 0) return;
      const p = levels.map(
        (level, s) => (shares[s] / spread) * Math.exp(-0.5 * ((x - level) / spread) ** 2) + 1e-300,
      );
      const all = p.reduce((a, b) => a + b, 0);
      sum += weights[bin] * Math.log(all);
      p.forEach((value, s) => {
        const share = (weights[bin] * value) / all;
        mass[s] += share;
        first[s] += share * x;
        second += share * (x - levels[s]) ** 2;
      });
    });
    levels = levels.map((level, s) => (mass[s] > 0 ? first[s] / mass[s] : level));
    shares = mass.map((m) => m / total);
    spread = Math.max(Math.sqrt(second / total), centres[1] - centres[0]);
    if (sum - likelihood < 1e-9 * Math.abs(sum)) break;
    likelihood = sum;
  }
  return { levels, shares, spread, likelihood };
}
