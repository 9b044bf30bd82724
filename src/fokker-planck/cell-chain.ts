import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
/**
 * Probability in cells of z that hops between neighbours: d p_i/dt = Σ rates in − rates out. All rates are ≥ 0, so
 * p stays ≥ 0 and every cell keeps its relative accuracy, however empty it is.
 */
export interface CellChain {
  /** Rates i → i+1; the last one leaves through the upper rim (0 where there is none). */
  readonly up: Float64Array;
  /** Rates i → i−1; the first one leaves through the lower rim. */
  readonly down: Float64Array;
}

/** Cells that are even in the angle, so that those near the poles are as long as the others. */
export interface Cells {
  readonly edges: Float64Array;
  readonly centers: Float64Array;
}

/** About `count` cells for a whole meridian, with edges at all `marks`, the first and last of which are the ends. */
export function meridianCells(marks: readonly number[], count: number): Cells {
  const angles = [...new Set(marks)].sort((a, b) => a - b).map((z) => Math.acos(-z));
  const cuts: number[] = [angles[0]];
  for (let k = 1; k < angles.length; k++) {
    const span = angles[k] - angles[k - 1];
    const parts = Math.max(2, Math.round((count * span) / Math.PI));
    for (let i = 1; i <= parts; i++) cuts.push(angles[k - 1] + (span * i) / parts);
  }
  return {
    edges: Float64Array.from(cuts, (a) => -Math.cos(a)),
    centers: Float64Array.from({ length: cuts.length - 1 }, (_, i) => -Math.cos((cuts[i] + cuts[i + 1]) / 2)),
  };
}

/** x/(eˣ − 1). */
const bernoulli = (x: number): number => (Math.abs(x) < 1e-9 ? 1 - x / 2 : x / Math.expm1(x));

/**
 * Rates of ∂p/∂t = ∂z D(1−z²)(∂z p + p ∂z W) by exponential fitting (Scharfetter and Gummel, IEEE Trans. Electron Devices 16
 * (1969) 64), second order in the cells; exp(−W) is stationary to rounding. Ends that absorb are rims, poles are none.
 */
export function fittedRates(
  { edges, centers }: Cells,
  potential: (z: number) => number,
  diffusion: number,
): CellChain {
  const n = centers.length;
  const [up, down] = [new Float64Array(n), new Float64Array(n)];
  const width = (i: number): number => edges[i + 1] - edges[i];
  const heights = centers.map(potential);
  const stiffness = (z: number, distance: number): number => (diffusion * (1 - z) * (1 + z)) / distance;
  for (let i = 0; i + 1 < n; i++) {
    const s = stiffness(edges[i + 1], centers[i + 1] - centers[i]);
    const rise = heights[i + 1] - heights[i];
    up[i] = (s * bernoulli(rise)) / width(i);
    down[i + 1] = (s * bernoulli(-rise)) / width(i + 1);
  }
  const rim = (edge: number, i: number): number => {
    const s = stiffness((edge + centers[i]) / 2, Math.abs(edge - centers[i]));
    return (s * bernoulli(potential(edge) - heights[i])) / width(i);
  };
  if (edges[n] < 1) up[n - 1] = rim(edges[n], n - 1);
  if (edges[0] > -1) down[0] = rim(edges[0], 0);
  return { up, down };
}

/** The largest rate out of a cell: how often the chain hops at most. */
export const fastestRate = ({ up, down }: CellChain): number =>
  up.reduce((most, rate, i) => Math.max(most, rate + down[i]), 0);

/** Hops in one piece: exp(−250) is still a normal number. */
const hopsPerPiece = 250;
/** Poisson weights below this are left out: far cells are reached by many hops, and must not be cut off. */
const leastWeight = 1e-60;

/**
 * exp(A time) p by uniformization: Σ_k Poisson(k; q time) (1 + A/q)^k p, a sum of terms ≥ 0 only. A. Jensen, Skand.
 * Aktuarietidskr. 36 (1953) 87. The work is time times the fastest rate.
 */
export function evolveChain(chain: CellChain, start: Float64Array, time: number): Float64Array {
  const [up, down] = [chain.up, chain.down];
  // what comes into a cell left its neighbours
  return uniformized(
    chain,
    start,
    time,
    (i) => up[i - 1] ?? 0,
    (i) => down[i + 1] ?? 0,
  );
}

/** exp(Aᵀ time) u: what walkers that now are in each cell will find on average a time later; the same sum. */
export function expectedLater(chain: CellChain, values: Float64Array, time: number): Float64Array {
  const [up, down] = [chain.up, chain.down];
  return uniformized(
    chain,
    values,
    time,
    (i) => down[i],
    (i) => up[i],
  );
}

/** The sum with the rates at which a cell takes from the one below and the one above. */
function uniformized(
  chain: CellChain,
  start: Float64Array,
  time: number,
  fromBelow: (i: number) => number,
  fromAbove: (i: number) => number,
): Float64Array {
  const { up, down } = chain;
  const n = start.length;
  const q = fastestRate(chain);
  if (q === 0 || time <= 0) return start;
  const pieces = Math.ceil((q * time) / hopsPerPiece);
  const hops = (q * time) / pieces;
  const stay = up.map((rate, i) => Math.max(0, 1 - rate / q - down[i] / q));
  const [below, above] = [up.map((_, i) => fromBelow(i) / q), up.map((_, i) => fromAbove(i) / q)];
  let p: Float64Array = start;
  for (let piece = 0; piece < pieces; piece++) {
    throwIfInterrupted();
    let weight = Math.exp(-hops);
    let term: Float64Array = p;
    let next: Float64Array = new Float64Array(n);
    const sum = p.map((x) => weight * x);
    for (let k = 1; k < hops || weight > leastWeight; k++) {
      next[0] = stay[0] * term[0] + above[0] * term[1];
      for (let i = 1; i < n - 1; i++)
        next[i] = stay[i] * term[i] + below[i] * term[i - 1] + above[i] * term[i + 1];
      next[n - 1] = stay[n - 1] * term[n - 1] + below[n - 1] * term[n - 2];
      [term, next] = [next, k === 1 ? new Float64Array(n) : term];
      weight *= hops / k;
      for (let i = 0; i < n; i++) sum[i] += weight * term[i];
    }
    p = sum;
  }
  return p;
}
