import { denseExponential } from "../../linear-algebra/matrix-exponential.ts";
import type { Answer } from "./answer.ts";
import { pointsPerSample } from "./answer.ts";
import { glitch } from "./glitch.ts";
import type { HistoryPlan } from "./history-plan.ts";
import type { NoiseLaw } from "./noise-law.ts";
import { noiseLaw } from "./noise-law.ts";
import type { Telegraph } from "./telegraph.ts";
import { generatorOf, occupations } from "./telegraph.ts";

/** Histories less probable than this are dropped. */
const least = 1e-6;

/**
 * Histories of the level, with their probabilities and the contributions of their jumps to later samples. One is kept
 * for each level, level before, age of the last jump and age of the jump before that (in steps, up to the plan's). Two
 * histories that become the same are merged with the mean of their contributions: a jump long ago, or before the last
 * two, contributes its mean given the samples.
 */
export class Histories {
  /** Indices of the current histories: the first `count`. */
  readonly alive: Int32Array;
  count = 0;
  readonly probability: Float64Array;
  readonly level: Uint8Array;
  readonly #before: Uint8Array;
  readonly #last: Int16Array;
  readonly #earlier: Int16Array;
  /** [index·memory + sample]: a ring buffer from `#head` on. */
  readonly #rest: Float64Array;
  #head = 0;
  readonly #plan: HistoryPlan;
  readonly #telegraph: Telegraph;
  readonly #levelCount: number;
  readonly #most: number;
  readonly #mostEarlier: number;
  readonly #settled: number;
  /** Probability of a jump from one level to another in one step. */
  readonly jump: Float64Array;
  /** Contribution of a jump in each step of a sample to that sample and later ones, for a step of the level by −1. */
  readonly #adds: readonly Float64Array[];
  readonly #shares: Float64Array;
  readonly #numberOf: Int32Array;
  readonly #unused: Int32Array;
  #unusedCount = 0;
  readonly #fresh: Int32Array;
  /** Jumps of recent histories, by the probability of each. */
  readonly #gaps: Float64Array;
  readonly #background: number;
  readonly #laws: readonly NoiseLaw[];

  /** `range` is that of the samples, over which a glitch is spread evenly. */
  constructor(telegraph: Telegraph, answer: Answer, plan: HistoryPlan, sampleTime: number, range: number) {
    const { size, memory, steps } = plan;
    this.#plan = plan;
    this.#telegraph = telegraph;
    this.#levelCount = telegraph.levels.length;
    [this.#most, this.#mostEarlier] = plan.ages;
    this.#settled = answer.settled;
    const generator = generatorOf(telegraph).map((rate) => (rate * sampleTime) / steps);
    this.jump = denseExponential(generator, telegraph.levels.length);
    this.#shares = occupations(telegraph);
    this.#adds = Array.from({ length: steps }, (_, step) => {
      const since = pointsPerSample * (1 - (step + 0.5) / steps);
      return Float64Array.from(
        { length: memory },
        (__, n) => answer.remaining[Math.round(since + n * pointsPerSample)] ?? 0,
      );
    });
    this.alive = new Int32Array(size);
    this.probability = new Float64Array(size);
    this.level = new Uint8Array(size);
    this.#before = new Uint8Array(size);
    this.#last = new Int16Array(size);
    this.#earlier = new Int16Array(size);
    this.#rest = new Float64Array(size * memory);
    this.#numberOf = new Int32Array(size);
    this.#unused = new Int32Array(size);
    this.#fresh = new Int32Array(size);
    this.#gaps = new Float64Array(size);
    this.#background = glitch / range;
    this.#laws = telegraph.levels.map((_, s) => noiseLaw(telegraph, s));
    this.restart();
  }

  /** Resets to the first sample of a stretch: every level with its stationary probability, without a recent jump. */
  restart(): void {
    const [most, mostEarlier] = this.#plan.ages;
    this.#numberOf.fill(-1);
    this.#unusedCount = this.#unused.length;
    for (let i = 0; i < this.#unusedCount; i++) this.#unused[i] = this.#unusedCount - 1 - i;
    this.count = 0;
    this.#shares.forEach((share, s) => {
      const number = this.#create(s, s, most, mostEarlier);
      this.probability[number] = share;
      this.#rest.fill(0, number * this.#plan.memory, (number + 1) * this.#plan.memory);
      this.alive[this.count++] = number;
    });
  }

  /** Index of a history among all possible ones. */
  place(number: number): number {
    return this.#placeOf(this.level[number], this.#before[number], this.#last[number], this.#earlier[number]);
  }

  /** Its index a step later, without a jump. */
  placeOfStay(number: number): number {
    const last = this.#last[number] + 1;
    return this.#placeOf(this.level[number], this.#before[number], last, this.#earlier[number] + 1);
  }

  /** Its index a step later, after a jump to a level. */
  placeOfJump(number: number, to: number): number {
    return this.#placeOf(to, this.level[number], 0, this.#last[number] + 1);
  }

  #placeOf(level: number, before: number, last: number, earlier: number): number {
    const most = this.#most;
    const mostEarlier = this.#mostEarlier;
    const count = this.#levelCount;
    const isLongAgo = last >= most;
    const pair = level * count + (isLongAgo ? level : before);
    return (
      (pair * (most + 1) + Math.min(last, most)) * (mostEarlier + 1) +
      (isLongAgo ? mostEarlier : Math.min(earlier, mostEarlier))
    );
  }

  /** The caller sets its probability and the contributions of its jumps. */
  #create(level: number, before: number, last: number, earlier: number): number {
    const number = this.#unused[--this.#unusedCount];
    const { ages } = this.#plan;
    this.level[number] = level;
    this.#before[number] = before;
    this.#last[number] = last;
    this.#earlier[number] = Math.min(earlier, ages[1]);
    this.#numberOf[this.place(number)] = number;
    return number;
  }

  #drop(number: number): void {
    this.#unused[this.#unusedCount++] = number;
  }

  /** One step of time within a sample: `step` of the plan's `steps`. */
  advance(step: number): void {
    const { probability, level, alive } = this;
    const { memory } = this.#plan;
    const { levels } = this.#telegraph;
    const rest = this.#rest;
    const add = this.#adds[step];
    const gaps = this.#gaps;
    const { jump } = this;
    const numberOf = this.#numberOf;
    const old = this.count;
    let fresh = 0;
    for (let a = 0; a < old; a++) numberOf[this.place(alive[a])] = -1;
    for (let a = 0; a < old; a++) {
      const number = alive[a];
      const from = level[number];
      for (let to = 0; to < levels.length; to++) {
        const chance = to === from ? 0 : probability[number] * jump[from * levels.length + to];
        if (chance < least) continue;
        const source = number * memory;
        const made = numberOf[this.placeOfJump(number, to)];
        const gap = chance * (levels[from] - levels[to]);
        if (made < 0) {
          const first = this.#create(to, from, 0, this.#last[number] + 1);
          this.#fresh[fresh++] = first;
          probability[first] = chance;
          gaps[first] = gap;
          const target = first * memory;
          for (let n = 0; n < memory; n++) rest[target + n] = chance * rest[source + n];
        } else {
          probability[made] += chance;
          gaps[made] += gap;
          const target = made * memory;
          for (let n = 0; n < memory; n++) rest[target + n] += chance * rest[source + n];
        }
      }
    }
    const ahead = memory - this.#head;
    for (let i = 0; i < fresh; i++) {
      const made = this.#fresh[i];
      const share = 1 / probability[made];
      const gap = share * gaps[made];
      // the ring buffer from its head to its end, then from its start
      const late = made * memory + this.#head;
      const early = made * memory - ahead;
      for (let n = 0; n < ahead; n++) rest[late + n] = share * rest[late + n] + gap * add[n];
      for (let n = ahead; n < memory; n++) rest[early + n] = share * rest[early + n] + gap * add[n];
    }
    this.count = 0;
    for (let a = 0; a < old; a++) this.#age(alive[a]);
    for (let i = 0; i < fresh; i++) alive[this.count++] = this.#fresh[i];
  }

  /** Without a jump: a step older, and possibly merged with another. */
  #age(number: number): void {
    const { probability, level, alive } = this;
    const { ages, memory } = this.#plan;
    const s = level[number];
    probability[number] *= this.jump[s * this.#telegraph.levels.length + s];
    const last = Math.min(this.#last[number] + 1, ages[0]);
    this.#last[number] = last;
    this.#earlier[number] = last === ages[0] ? ages[1] : Math.min(this.#earlier[number] + 1, ages[1]);
    if (last === ages[0]) this.#before[number] = s;
    const place = this.place(number);
    const same = this.#numberOf[place];
    if (same < 0) {
      this.#numberOf[place] = number;
      alive[this.count++] = number;
      return;
    }
    const sum = probability[same] + probability[number];
    const share = sum > 0 ? probability[number] / sum : 0;
    const rest = this.#rest;
    const target = same * memory;
    const source = number * memory;
    for (let n = 0; n < memory; n++) rest[target + n] += share * (rest[source + n] - rest[target + n]);
    probability[same] = sum;
    this.#drop(number);
  }

  /** The probability that the next sample is smaller than a value. */
  rank(value: number): number {
    const { levels } = this.#telegraph;
    let [below, sum] = [0, 0];
    for (let a = 0; a < this.count; a++) {
      const number = this.alive[a];
      const mean =
        this.#settled * levels[this.level[number]] + this.#rest[number * this.#plan.memory + this.#head];
      sum += this.probability[number];
      below += this.probability[number] * this.#laws[this.level[number]].below(value - mean);
    }
    return below / sum;
  }

  /**
   * Updates the probabilities with a sample. Returns its probability density given all before it; `density` receives
   * the density given each history, by index.
   */
  see(value: number, density?: Float64Array): number {
    const { probability, level, alive } = this;
    const { memory } = this.#plan;
    const { levels } = this.#telegraph;
    const laws = this.#laws;
    let sum = 0;
    for (let a = 0; a < this.count; a++) {
      const number = alive[a];
      const at = number * memory + this.#head;
      const s = level[number];
      const p = laws[s].density(value - this.#settled * levels[s] - this.#rest[at]) + this.#background;
      this.#rest[at] = 0;
      if (density) density[number] = p;
      sum += probability[number] *= p;
    }
    this.#head = this.#head + 1 === memory ? 0 : this.#head + 1;
    let kept = 0;
    for (let a = 0; a < this.count; a++) {
      const number = alive[a];
      const p = probability[number] / sum;
      probability[number] = p;
      if (p > least) alive[kept++] = number;
      else {
        this.#numberOf[this.place(number)] = -1;
        this.#drop(number);
      }
    }
    this.count = kept;
    return sum;
  }
}
