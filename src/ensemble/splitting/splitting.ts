import { purpose, seedStream, uniform } from "../../random/streams.ts";
import { effectiveCount, systematic } from "./resampling.ts";

/** What one stage did to the islands. */
export interface Stage {
  /** Least and mean effective share of an island's spins before resampling. */
  readonly leastEffective: number;
  readonly meanEffective: number;
  /** Share of the islands that were resampled. */
  readonly resampled: number;
  /** Share of the spins, over the resampled islands, that kept a place. */
  readonly surviving: number;
}

/** What one island says of an expectation. */
export interface IslandEstimate {
  /** Natural logarithm of the estimate, which is unbiased; −∞ where no spin of the island has a part in it. */
  readonly log: number;
  /** Spins at the start whose descendants carry the estimate. */
  readonly ancestors: number;
  /** Σ over ancestors of the square of their descendants' share: the relative variance of the island seen from within. */
  readonly familyVariance: number;
}

/** Islands are resampled where fewer than this share of their spins count. */
const enoughEffective = 0.7;

/**
 * Sequential importance splitting in islands of equally many spins that never mix. Spins are weighted by a positive potential G,
 * which may change from stage to stage, and resampled in proportion; what the weights were is taken out again, so
 * expectations are unbiased for any G (Del Moral, Feynman–Kac Formulae, Springer 2004, ch. 7; Del Moral and Garnier, Ann. Appl. Probab. 15
 * (2005) 2496). G decides how large the error is, and nothing else.
 */
export class Splitting {
  readonly spins: number;
  readonly islands: number;
  readonly stages: Stage[] = [];
  private readonly seed: number;
  /** ln G of every spin at the last stage, ln of the weight it has besides, and its ancestor at the start. */
  private logPotential: Float64Array;
  private logWeight: Float64Array;
  private ancestor: Uint32Array;
  /** ln of the product of mean weights, by island. */
  private readonly logMean: Float64Array;

  constructor(spins: number, islands: number, seed: number) {
    if (spins % islands !== 0 || spins < islands)
      throw new RangeError(`${spins} spins do not make ${islands} equal islands`);
    [this.spins, this.islands, this.seed] = [spins, islands, seed];
    this.logPotential = new Float64Array(spins);
    this.logWeight = new Float64Array(spins);
    this.ancestor = inPlace(spins);
    this.logMean = new Float64Array(islands);
  }

  private get size(): number {
    return this.spins / this.islands;
  }

  /**
   * Weighs by ln G of the present states and resamples where that is worth it. What comes back says which spin each place copies
   * (`Ensemble.gather`), or undefined where all stay.
   */
  stage(logPotential: Float64Array): Uint32Array | undefined {
    const { size } = this;
    const indices = inPlace(this.spins);
    const stream = new Uint32Array(4);
    const effective: number[] = [];
    let [resampled, kept] = [0, 0];
    for (let island = 0; island < this.islands; island++) {
      const first = island * size;
      for (let i = first; i < first + size; i++) this.logWeight[i] += logPotential[i] - this.logPotential[i];
      const { weights, highest } = normalized(this.logWeight.subarray(first, first + size));
      // an island without weight has nothing to say any more, and goes on as it is
      if (highest === Number.NEGATIVE_INFINITY) {
        effective.push(0);
        continue;
      }
      effective.push(effectiveCount(weights) / size);
      if (effective[island] > enoughEffective) continue;
      seedStream(stream, this.seed, island, this.stages.length, purpose.resampling);
      const chosen = systematic(weights, uniform(stream));
      this.logMean[island] += highest + Math.log(weights.reduce((sum, w) => sum + w, 0) / size);
      resampled++;
      for (let i = 0; i < size; i++) {
        if (chosen[i] === i) kept++;
        indices[first + i] = first + chosen[i];
        this.logWeight[first + i] = 0;
      }
    }
    this.stages.push({
      leastEffective: Math.min(...effective),
      meanEffective: effective.reduce((sum, x) => sum + x, 0) / this.islands,
      resampled: resampled / this.islands,
      surviving: resampled > 0 ? kept / (resampled * size) : 1,
    });
    this.logPotential = logPotential;
    if (resampled === 0) return undefined;
    const [potentials, ancestors] = [new Float64Array(this.spins), new Uint32Array(this.spins)];
    for (let i = 0; i < this.spins; i++) {
      potentials[i] = logPotential[indices[i]];
      ancestors[i] = this.ancestor[indices[i]];
    }
    [this.logPotential, this.ancestor] = [potentials, ancestors];
    return indices;
  }

  /** The expectation of a function ≥ 0 of the present state, by island. */
  expectation(values: Float64Array): IslandEstimate[] {
    const { size } = this;
    return Array.from({ length: this.islands }, (_, island): IslandEstimate => {
      const first = island * size;
      const logs = new Float64Array(size);
      for (let i = 0; i < size; i++)
        logs[i] = this.logWeight[first + i] - this.logPotential[first + i] + Math.log(values[first + i]);
      const { weights, highest } = normalized(logs);
      if (highest === Number.NEGATIVE_INFINITY) return { log: highest, ancestors: 0, familyVariance: 1 };
      const families = new Map<number, number>();
      let total = 0;
      for (let i = 0; i < size; i++) {
        if (weights[i] === 0) continue;
        const ancestor = this.ancestor[first + i];
        families.set(ancestor, (families.get(ancestor) ?? 0) + weights[i]);
        total += weights[i];
      }
      const squares = [...families.values()].reduce((sum, share) => sum + (share / total) ** 2, 0);
      return {
        log: this.logMean[island] + highest + Math.log(total / size),
        ancestors: families.size,
        familyVariance: squares,
      };
    });
  }

  /**
   * Takes out the spins that have left; what comes back is, by island, −ln of the share of the probability that stays, or
   * NaN where an island has none left. From the next call on, expectations are under the condition of having stayed.
   */
  leave(left: (spin: number) => boolean): Float64Array {
    const { size } = this;
    return Float64Array.from({ length: this.islands }, (_, island) => {
      const first = island * size;
      const { weights } = normalized(
        this.logWeight.slice(first, first + size).map((log, i) => log - this.logPotential[first + i]),
      );
      let [gone, stays] = [0, 0];
      for (let i = 0; i < size; i++)
        if (left(first + i)) {
          gone += weights[i];
          this.logWeight[first + i] = Number.NEGATIVE_INFINITY;
        } else stays += weights[i];
      return stays > 0 ? Math.log1p(gone / stays) : Number.NaN;
    });
  }
}

/** Every spin as its own source. */
function inPlace(count: number): Uint32Array {
  const indices = new Uint32Array(count);
  for (let i = 0; i < count; i++) indices[i] = i;
  return indices;
}

/** Weights over the largest one. */
function normalized(logs: Float64Array): { weights: Float64Array; highest: number } {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logs.length; i++) if (logs[i] > highest) highest = logs[i];
  if (highest === Number.NEGATIVE_INFINITY) return { weights: logs, highest };
  const weights = new Float64Array(logs.length);
  for (let i = 0; i < logs.length; i++) weights[i] = Math.exp(logs[i] - highest);
  return { weights, highest };
}
