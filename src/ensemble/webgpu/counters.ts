import type { Tally, TallyResult } from "../kernel.ts";
import { sumResult } from "../tally.ts";
import type { Device, DeviceBuffer } from "./device.ts";
import { tallyLayout } from "./tally-text.ts";

/** Most counts in one word before it is drained. */
const capacity = 0xf0000000;

/**
 * Counters of one set of tallies on the device, for one ensemble or several groups. They are drained into float64 before a word can
 * overflow.
 */
export class Counters {
  readonly buffer: DeviceBuffer;
  readonly #device: Device;
  readonly #tallies: readonly Tally[];
  readonly #offsets: readonly number[];
  /** Words of one group; the next group follows. */
  readonly #words: number;
  readonly #groups: number;
  #totals: Float64Array;
  #pending = 0;
  /** Resolves when all fetched counts are added. */
  #drained: Promise<unknown> = Promise.resolve();
  /** Most counts that a spin adds to one word in one step. */
  readonly #rate: number;

  constructor(device: Device, tallies: readonly Tally[], groups = 1) {
    this.#device = device;
    this.#tallies = tallies;
    this.#groups = groups;
    const { offsets, words } = tallyLayout(tallies);
    [this.#offsets, this.#words] = [offsets, words];
    this.buffer = device.storage(groups * words);
    this.#totals = new Float64Array(groups * words);
    this.#rate = tallies.reduce((most, { every = 1 }) => Math.max(most, 1 / every), 0);
  }

  /** Most steps of one dispatch of this many spins (of each group) in which no word can overflow. */
  room(spins: number): number {
    return Math.max(1, Math.floor((capacity / spins - 1) / this.#rate));
  }

  /**
   * Announces a dispatch of this many spins (of each group) and steps. If a word could overflow, the counts so far are fetched and the
   * counters cleared before the dispatch runs. Only the returned promise waits for that.
   */
  expect(spins: number, steps: number): Promise<unknown> {
    const events = spins * Math.ceil(steps * this.#rate + 1);
    if (this.#tallies.length > 0 && this.#pending + events > capacity) this.#drain();
    this.#pending += events;
    return this.#drained;
  }

  /** Queues a copy of the counters and their clearing. */
  #drain(): void {
    const totals = this.#totals;
    const drained = this.#device.lend(this.buffer, totals.length, (counted) => {
      for (let i = 0; i < totals.length; i++) totals[i] += counted[i];
    });
    this.#device.zero(this.buffer);
    this.#pending = 0;
    this.#drained = Promise.all([this.#drained, drained]);
    // a caller that waits gets the error of a lost device; without one it must not end the process
    this.#drained.catch(() => {});
  }

  destroy(): void {
    this.#device.release(this.buffer);
  }

  /** The counts of one ensemble so far, in the form of a snapshot; the counters stay. */
  async exactly(): Promise<BigUint64Array[]> {
    if (this.#tallies.length === 0) return [];
    this.#drain();
    await this.#drained;
    return this.#tallies.map((tally, i) => {
      const words = BigUint64Array.from(this.#totals.subarray(this.#offsets[i]), BigInt);
      if (tally.kind === "bins") return words.slice(0, tally.bins);
      return BigUint64Array.of(words[0] + (words[1] << 32n), words[2]);
    });
  }

  /** Adds the counts of a snapshot. */
  add(counted: readonly BigUint64Array[]): void {
    this.#tallies.forEach((tally, i) => {
      const [onGrid, count] = counted[i];
      const words =
        tally.kind === "bins"
          ? counted[i]
          : BigUint64Array.of(BigInt.asUintN(32, onGrid), onGrid >> 32n, count);
      words.forEach((amount, k) => {
        this.#totals[this.#offsets[i] + k] += Number(amount);
      });
    });
  }

  /** The counts so far, one entry for each group; the counters stay. */
  async results(): Promise<TallyResult[][]> {
    if (this.#tallies.length > 0) {
      this.#drain();
      await this.#drained;
    }
    const totals = this.#totals;
    return Array.from({ length: this.#groups }, (_, group) =>
      this.#tallies.map((tally, i): TallyResult => {
        const at = group * this.#words + this.#offsets[i];
        if (tally.kind === "bins") return { kind: "bins", counts: totals.slice(at, at + tally.bins) };
        return sumResult(tally, totals[at] + totals[at + 1] * 2 ** 32, totals[at + 2]);
      }),
    );
  }

  /** The same; zeroes the counters. */
  async take(): Promise<TallyResult[][]> {
    const results = await this.results();
    this.#totals = new Float64Array(this.#totals.length);
    return results;
  }
}
