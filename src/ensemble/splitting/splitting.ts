import { fallingExponential } from "../../numerics/falling-exponential.ts";
import { purpose, seedStream, uniform } from "../../random/streams.ts";
import type { IslandEstimate, StageOfIslands } from "./counts.ts";
import type { Moves } from "./resampling.ts";
import { movesOf, systematic } from "./resampling.ts";

/** An island is resampled if its effective share of spins is below this. */
const enoughEffective = 0.7;

/**
 * Sequential importance splitting in islands of equally many spins that never mix. Spins are weighted by a positive potential G, which
 * may change from stage to stage, and resampled in proportion; the weights are divided out again, so expectations are unbiased for any G
 * (Del Moral, Feynman–Kac Formulae, Springer 2004, ch. 7; Del Moral and Garnier, Ann. Appl. Probab. 15 (2005) 2496). G affects only the
 * size of the error.
 */
export class Splitting {
  readonly spins: number;
  readonly islands: number;
  readonly stages: StageOfIslands[] = [];
  private readonly seed: number;
  private readonly firstIsland: number;
  /**
   * ln of every spin's weight over its G at the last stage, which changes only when the spin is copied or removed; and its ancestor at
   * the start.
   */
  private readonly logRatio: Float64Array;
  private readonly ancestor: Uint32Array;
  /** By island: ln of the product of mean weights, and ln of the sum of the spins' remaining weights. */
  private readonly logMean: Float64Array;
  private readonly logTotal: Float64Array;
  /** ln of the unit of an island's shares, once it is known. */
  private readonly logUnit: Float64Array;
  /** Of the island that is being processed. */
  private readonly weights: Float64Array;
  private readonly moves: Moves;
  /** ln G at the last stage. */
  private readonly logPotential: Float64Array;
  /** The copies of the last stage, and the islands with copies. */
  private readonly indices: Uint32Array;
  private copied: number[] = [];

  /** `firstIsland` is the number of the first island, if these are a part of more. */
  constructor(spins: number, islands: number, seed: number, firstIsland = 0) {
    if (spins % islands !== 0 || spins < islands)
      throw new RangeError(`${spins} spins do not make ${islands} equal islands`);
    [this.spins, this.islands, this.seed, this.firstIsland] = [spins, islands, seed, firstIsland];
    this.logPotential = new Float64Array(spins);
    this.logRatio = new Float64Array(spins);
    this.ancestor = inPlace(spins);
    this.logMean = new Float64Array(islands);
    this.logTotal = new Float64Array(islands).fill(Math.log(spins / islands));
    this.logUnit = new Float64Array(islands).fill(Number.NaN);
    this.weights = new Float64Array(spins / islands);
    this.moves = movesOf(spins / islands);
    this.indices = inPlace(spins);
  }

  private get size(): number {
    return this.spins / this.islands;
  }

  /**
   * Sets initial weights, for spins that were drawn from another density than the initial one: the ratio of the two densities.
   * `logWeight` of spin i is its logarithm.
   */
  begin(logWeight: (i: number) => number): void {
    const { size, logRatio, weights } = this;
    for (let i = 0; i < this.spins; i++) logRatio[i] = logWeight(i);
    for (let island = 0; island < this.islands; island++) {
      weights.set(logRatio.subarray(island * size, (island + 1) * size));
      const { highest, total } = normalize(weights);
      this.logTotal[island] = highest + Math.log(total);
    }
  }

  /**
   * Weights spins by ln G of their present states, which `weigh` fills in, and resamples islands if needed. Returns the spin that each
   * place copies (`Ensemble.gather`), valid until the next call, or undefined if all stay. An island is also resampled if one spin has
   * the weight of more than `heaviest` spins, so that the few spins that climb are copied early.
   */
  stage(
    weigh: (logPotential: Float64Array) => void,
    heaviest = Number.POSITIVE_INFINITY,
  ): Uint32Array | undefined {
    const { size, logRatio, logPotential, weights, indices } = this;
    weigh(logPotential);
    for (const island of this.copied)
      for (let i = island * size; i < (island + 1) * size; i++) indices[i] = i;
    this.copied = [];
    const stream = new Uint32Array(4);
    const shares: number[] = [];
    let moved = 0;
    for (let island = 0; island < this.islands; island++) {
      const first = island * size;
      for (let i = 0; i < size; i++) weights[i] = logRatio[first + i] + logPotential[first + i];
      const { highest, total, squares } = normalize(weights);
      // an island without weight contributes nothing more and is left unchanged
      const effective = total === 0 ? 0 : total ** 2 / squares / size;
      shares.push(effective);
      this.logTotal[island] = highest + Math.log(total);
      const isEven = effective > enoughEffective && total > size / heaviest;
      if (total === 0 || isEven) continue;
      seedStream(stream, this.seed, this.firstIsland + island, this.stages.length, purpose.resampling);
      this.logMean[island] += highest + Math.log(total / size);
      this.logTotal[island] = Math.log(size);
      this.copied.push(island);
      moved += this.copy(first, total, uniform(stream));
    }
    const resampled = this.copied.length;
    this.stages.push({ effective: shares, resampled, moved });
    return resampled === 0 ? undefined : indices;
  }

  /**
   * Resamples the island whose weights are in `weights`; returns the number of places with new spins. Copied spins keep their own places.
   */
  private copy(first: number, total: number, offset: number): number {
    const { logPotential, logRatio, ancestor, indices, moves, weights, size } = this;
    const moved = systematic(weights, total, offset, moves);
    for (let k = 0; k < moved; k++) {
      const [place, source] = [first + moves.places[k], first + moves.sources[k]];
      indices[place] = source;
      logPotential[place] = logPotential[source];
      ancestor[place] = ancestor[source];
    }
    for (let i = first; i < first + size; i++) logRatio[i] = -logPotential[i];
    return moved;
  }

  /** The expectation of a function ≥ 0 of the present state, by island. */
  expectation(values: Float64Array): IslandEstimate[] {
    const { size, weights } = this;
    return Array.from({ length: this.islands }, (_, island): IslandEstimate => {
      const first = island * size;
      for (let i = 0; i < size; i++) weights[i] = this.logRatio[first + i] + Math.log(values[first + i]);
      const { highest, total } = normalize(weights);
      if (total === 0) return { log: highest, ancestors: 0, familyVariance: 1 };
      const families = new Map<number, number>();
      for (let i = 0; i < size; i++) {
        if (weights[i] === 0) continue;
        const ancestor = this.ancestor[first + i];
        families.set(ancestor, (families.get(ancestor) ?? 0) + weights[i]);
      }
      const squares = [...families.values()].reduce((sum, share) => sum + (share / total) ** 2, 0);
      return {
        log: this.logMean[island] + highest + Math.log(total / size),
        ancestors: families.size,
        familyVariance: squares,
      };
    });
  }

  /** By island, ln of the mean of G at the last stage, as the product of all mean weights estimates it without bias. */
  masses(): Float64Array {
    return this.logMean.map((log, island) => log + this.logTotal[island] - Math.log(this.size));
  }

  /**
   * Removes the spins whose value is not 0. Returns, by island, the probability that leaves and the probability that stays, relative to
   * the weights by G of all its spins and in a unit of the island's own. Summed over many stages, their ratio is not biased by the random
   * number of spins in the well at one stage. NaN if an island has no spins left. From the next call on, expectations are conditional on
   * having stayed.
   */
  leave(left: ArrayLike<number>): readonly { readonly gone: number; readonly stays: number }[] {
    const { size, weights, logRatio, logUnit } = this;
    return Array.from({ length: this.islands }, (_, island) => {
      const first = island * size;
      weights.set(logRatio.subarray(first, first + size));
      const { highest } = normalize(weights);
      const logShare = highest - this.logTotal[island];
      if (Number.isNaN(logUnit[island])) logUnit[island] = logShare;
      const share = Math.exp(logShare - logUnit[island]);
      let [gone, stays] = [0, 0];
      for (let i = 0; i < size; i++)
        if (left[first + i] === 0) stays += weights[i];
        else {
          gone += weights[i];
          logRatio[first + i] = Number.NEGATIVE_INFINITY;
        }
      return stays > 0
        ? { gone: gone * share, stays: stays * share }
        : { gone: Number.NaN, stays: Number.NaN };
    });
  }
}

/** The indices that leave every spin in its place. */
function inPlace(count: number): Uint32Array {
  const indices = new Uint32Array(count);
  for (let i = 0; i < count; i++) indices[i] = i;
  return indices;
}

/**
 * Replaces logarithms of weights by weights relative to the largest, whose logarithm is `highest`; returns their sum and the sum of their
 * squares. All are 0 if `highest` is −∞.
 */
function normalize(weights: Float64Array) {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < weights.length; i++) if (weights[i] > highest) highest = weights[i];
  let [total, squares] = [0, 0];
  if (highest === Number.NEGATIVE_INFINITY) weights.fill(0);
  else
    for (let i = 0; i < weights.length; i++) {
      const weight = fallingExponential(weights[i] - highest);
      weights[i] = weight;
      total += weight;
      squares += weight * weight;
    }
  return { highest, total, squares };
}
