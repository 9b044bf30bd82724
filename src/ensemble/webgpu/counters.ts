import type { Tally, TallyResult } from "../kernel.ts";
import { gridSize } from "../tally.ts";
import type { Device, DeviceBuffer } from "./device.ts";
import { slices, tallyWords } from "./tally-text.ts";

/** Where tallies stand in a buffer of counters; some may stand in as many copies as there are slices. */
interface CounterLayout {
  readonly tallies: readonly Tally[];
  readonly offsets: readonly number[];
  readonly words: number;
  readonly sliced?: ReadonlyMap<number, number>;
  readonly sliceWords?: number;
}

/** Counters of one set of tallies on the device, drained into float64 before any word can wrap. */
export class Counters {
  readonly buffer: DeviceBuffer;
  readonly #device: Device;
  readonly #layout: CounterLayout;
  #totals: Float64Array;
  #pending = 0;

  constructor(device: Device, layout: CounterLayout) {
    this.#device = device;
    this.#layout = layout;
    this.buffer = device.storage(layout.words + slices * (layout.sliceWords ?? 0));
    this.#totals = new Float64Array(layout.words);
  }

  /** Announces at most `events` more counts; drains first where a word could wrap. */
  async expect(events: number): Promise<void> {
    if (this.#layout.tallies.length === 0) return;
    if (this.#pending + events > 0xf0000000) await this.#drain();
    this.#pending += events;
  }

  async #drain(): Promise<void> {
    const { words, sliced = new Map<number, number>(), sliceWords = 0 } = this.#layout;
    const counted = new Uint32Array(await this.#device.read(this.buffer, words + slices * sliceWords));
    for (let i = 0; i < words; i++) this.#totals[i] += counted[i];
    for (const [tally, at] of sliced)
      for (let bin = 0; bin < tallyWords(this.#layout.tallies[tally]); bin++)
        for (let slice = 0; slice < slices; slice++)
          this.#totals[this.#layout.offsets[tally] + bin] += counted[words + slice * sliceWords + at + bin];
    this.#device.zero(this.buffer);
    this.#pending = 0;
  }

  async take(): Promise<TallyResult[]> {
    if (this.#layout.tallies.length === 0) return [];
    await this.#drain();
    const totals = this.#totals;
    this.#totals = new Float64Array(this.#layout.words);
    return this.#layout.tallies.map((tally, i): TallyResult => {
      const at = this.#layout.offsets[i];
      if (tally.kind === "histogram") return { kind: "histogram", counts: totals.slice(at, at + tally.bins) };
      const count = totals[at + 2];
      const onGrid = totals[at] + totals[at + 1] * 2 ** 32;
      return {
        kind: "sum",
        total: count * tally.low + (onGrid * (tally.high - tally.low)) / gridSize,
        count,
      };
    });
  }
}
