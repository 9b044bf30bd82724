import type { Tally, TallyResult } from "../kernel.ts";
import { gridSize } from "../tally.ts";
import type { Device, DeviceBuffer } from "./device.ts";
import { tallyLayout } from "./tally-text.ts";

/** Counters of one set of tallies on the device, drained into float64 before any word can wrap. */
export class Counters {
  readonly buffer: DeviceBuffer;
  readonly #device: Device;
  readonly #tallies: readonly Tally[];
  readonly #offsets: readonly number[];
  readonly #words: number;
  #totals: Float64Array;
  #pending = 0;

  constructor(device: Device, tallies: readonly Tally[]) {
    this.#device = device;
    this.#tallies = tallies;
    const { offsets, words } = tallyLayout(tallies);
    [this.#offsets, this.#words] = [offsets, words];
    this.buffer = device.storage(words);
    this.#totals = new Float64Array(words);
  }

  /** Announces at most `events` more counts; drains first where a word could wrap. */
  async expect(events: number): Promise<void> {
    if (this.#tallies.length === 0) return;
    if (this.#pending + events > 0xf0000000) await this.#drain();
    this.#pending += events;
  }

  async #drain(): Promise<void> {
    const counted = new Uint32Array(await this.#device.read(this.buffer, this.#words));
    for (let i = 0; i < this.#words; i++) this.#totals[i] += counted[i];
    this.#device.zero(this.buffer);
    this.#pending = 0;
  }

  async take(): Promise<TallyResult[]> {
    if (this.#tallies.length === 0) return [];
    await this.#drain();
    const totals = this.#totals;
    this.#totals = new Float64Array(this.#words);
    return this.#tallies.map((tally, i): TallyResult => {
      const at = this.#offsets[i];
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
