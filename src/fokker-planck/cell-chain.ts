import { throwIfInterrupted } from "../linear-algebra/interruption.ts";

/**
 * Probability in cells of z that hops between neighbours: d p_i/dt = Σ rates in − rates out. All rates are ≥ 0, so p stays ≥ 0 and every
 * cell keeps its relative accuracy, however small p is.
 */
export interface CellChain {
  /** Rates i → i+1; the last one leaves through the upper rim (0 where there is none). */
  readonly up: Float64Array;
  /** Rates i → i−1; the first one leaves through the lower rim. */
  readonly down: Float64Array;
}

/** Cells of equal size in the polar angle. */
export interface Cells {
  readonly edges: Float64Array;
  readonly centers: Float64Array;
}

/** About `count` cells for a whole meridian, with edges at all `marks`; the first and the last mark are the ends. */
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
 * Rates of ∂p/∂t = ∂z D(1−z²)(∂z p + p ∂z W) by exponential fitting (Scharfetter and Gummel, IEEE Trans. Electron Devices 16 (1969) 64),
 * second order in the cells; exp(−W) is stationary to rounding. The ends absorb unless they are poles.
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

/** The largest rate out of a cell, which is the rate of hops in uniformization. */
export const fastestRate = ({ up, down }: CellChain): number =>
  up.reduce((most, rate, i) => Math.max(most, rate + down[i]), 0);

/** Hops in one piece if cells may be almost empty: every term counts, and exp(−250) is still a normal number. */
const shortPiece = 250;
/** Hops in one piece if all cells hold more than `leastFilled` of the whole: terms far from the middle are negligible. */
const longPiece = 20_000;
const leastFilled = 1e-40;
/** Poisson weights below this are left out. It is so small because only terms of many hops reach far cells. */
const leastWeight = 1e-60;

/**
 * exp(A time) p by uniformization: Σ_k Poisson(k; q time) (1 + A/q)^k p, a sum of terms ≥ 0 only. A. Jensen, Skand.
 * Aktuarietidskr. 36 (1953) 87. The work is time times the fastest rate.
 */
export function evolveChain(chain: CellChain, start: Float64Array, time: number): Float64Array {
  const [up, down] = [chain.up, chain.down];
  // a cell gains what its neighbours lose
  return uniformized(
    chain,
    start,
    time,
    (i) => up[i - 1] ?? 0,
    (i) => down[i + 1] ?? 0,
  );
}

/** exp(Aᵀ time) u: the mean of u a time later for walkers that now are in each cell; the same sum. */
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

/** Weights of one hop: from the cell itself and from its neighbours. */
interface Hop {
  readonly stay: Float64Array;
  readonly below: Float64Array;
  readonly above: Float64Array;
}

/** The sum for given rates from the cell below and the cell above. */
function uniformized(
  chain: CellChain,
  start: Float64Array,
  time: number,
  fromBelow: (i: number) => number,
  fromAbove: (i: number) => number,
): Float64Array {
  const { up, down } = chain;
  const q = fastestRate(chain);
  if (q === 0 || time <= 0) return start;
  const hop = {
    stay: up.map((rate, i) => Math.max(0, 1 - rate / q - down[i] / q)),
    below: up.map((_, i) => fromBelow(i) / q),
    above: up.map((_, i) => fromAbove(i) / q),
  };
  // no term exceeds the sum at the start, so the terms left out are below 10⁻⁶⁰ of it
  const total = start.reduce((sum, x) => sum + x, 0);
  const isFilled = (p: Float64Array): boolean => p.every((x) => x > leastFilled * total);
  let p = start;
  let mayBeLong = isFilled(p);
  for (let left = q * time; left > 0; ) {
    const mean = Math.min(left, mayBeLong ? longPiece : shortPiece);
    const next = piece(hop, p, mean, mean > shortPiece ? leastWeight : 0);
    const isFilledNext = isFilled(next);
    // a long piece that empties a cell is repeated in short ones
    if (mean <= shortPiece || isFilledNext) {
      p = next;
      left -= mean;
    }
    mayBeLong = isFilledNext;
  }
  return p;
}

/** One piece: a Poisson number of hops with the given mean; weights before the largest that are below `least` are left out. */
function piece(hop: Hop, start: Float64Array, mean: number, least: number): Float64Array {
  const { first, weights } = poissonWeights(mean, least);
  const term = start.slice();
  const sum = start.map((x) => (first === 0 ? weights[0] : 0) * x);
  const weight = (k: number): number => (k < first ? 0 : (weights[k - first] ?? 0));
  for (let k = 1; k < first + weights.length; k += 2) {
    if (k % checkedEvery === 1) throwIfInterrupted();
    if (k + 1 < first) hopTwice(hop, term);
    else hopTwice(hop, term, sum, weight(k), weight(k + 1));
  }
  return sum;
}

/** Number of hops between two checks for a stop; even. */
const checkedEvery = 1000;

/**
 * The Poisson distribution of a mean > 0, computed from its middle outwards and normalized; weights after the middle reach down to
 * `leastWeight`.
 */
function poissonWeights(mean: number, leastBefore: number): { first: number; weights: Float64Array } {
  const middle = Math.floor(mean);
  const [before, after]: [number[], number[]] = [[], [1]];
  // relative to the middle one
  const middling = Math.sqrt(2 * Math.PI * Math.max(mean, 1));
  for (let [k, w] = [middle, 1]; k > 0; k--) {
    w *= k / mean;
    if (w < leastBefore * middling) break;
    before.push(w);
  }
  for (let [k, w] = [middle + 1, 1]; w > leastWeight * middling; k++) {
    w *= mean / k;
    after.push(w);
  }
  const weights = Float64Array.from([...before.reverse(), ...after]);
  const sum = weights.reduce((all, w) => all + w, 0);
  return { first: middle - before.length, weights: weights.map((w) => w / sum) };
}

/**
 * Two hops in one sweep, in place, so that cells are read once for both. The terms after each hop are added to `sum`, if given, with
 * their weights.
 */
function hopTwice(
  { stay, below, above }: Hop,
  term: Float64Array,
  sum?: Float64Array,
  first = 0,
  second = 0,
): void {
  const n = term.length;
  // before any hop, and after one: of the cells i − 1, i, i + 1
  let [now, next] = [term[0], n > 1 ? term[1] : 0];
  let once = stay[0] * now + above[0] * next;
  let onceBelow = 0;
  for (let i = 0; i < n; i++) {
    const beyond = i + 2 < n ? term[i + 2] : 0;
    const onceAbove = i + 1 < n ? stay[i + 1] * next + below[i + 1] * now + above[i + 1] * beyond : 0;
    const twice = stay[i] * once + below[i] * onceBelow + above[i] * onceAbove;
    term[i] = twice;
    if (sum) sum[i] += first * once + second * twice;
    onceBelow = once;
    once = onceAbove;
    now = next;
    next = beyond;
  }
}
