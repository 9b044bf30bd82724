import { describe, expect, it } from "vitest";
import type { Tally } from "../../src/ensemble/kernel.ts";
import { Counters } from "../../src/ensemble/webgpu/counters.ts";
import type { Device, DeviceBuffer } from "../../src/ensemble/webgpu/device.ts";
import { DeviceLostError } from "../../src/ensemble/webgpu/device.ts";
import * as e from "../../src/expression/expression.ts";

/** A device whose queue is a list: copies, clearings and counts happen in the order in which they were queued. */
class QueueOfWords {
  readonly words = new Map<object, Float64Array>();
  readonly #queued: (() => void)[] = [];
  largest = 0;
  lost = false;

  storage(words: number): DeviceBuffer {
    const buffer = {} as DeviceBuffer;
    this.words.set(buffer, new Float64Array(words));
    return buffer;
  }

  zero(buffer: DeviceBuffer): void {
    this.#queued.push(() => this.of(buffer).fill(0));
  }

  async lend(buffer: DeviceBuffer, words: number, use: (words: Uint32Array) => void): Promise<void> {
    if (this.lost) throw new DeviceLostError("lost");
    let copy = new Uint32Array(words);
    this.#queued.push(() => {
      copy = Uint32Array.from(this.of(buffer).subarray(0, words));
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.run();
    use(copy);
  }

  release(buffer: DeviceBuffer): void {
    this.words.delete(buffer);
  }

  /** Queues a dispatch in which every spin counts into the first word as often as it may. */
  count(buffer: DeviceBuffer, counts: number): void {
    this.#queued.push(() => {
      this.of(buffer)[0] += counts;
      this.largest = Math.max(this.largest, this.of(buffer)[0]);
    });
  }

  run(): void {
    for (const each of this.#queued.splice(0)) each();
  }

  of(buffer: DeviceBuffer): Float64Array {
    return this.words.get(buffer) as Float64Array;
  }
}

const tally = (every?: number): Tally => ({
  kind: "bins",
  ...(every ? { every } : {}),
  index: e.constant(0),
  bins: 2,
});
const countersOn = (device: QueueOfWords, every?: number): Counters =>
  new Counters(device as unknown as Device, [tally(every)]);

describe("counters of a device", () => {
  it.each([
    [1, 2 ** 22],
    [3, 2 ** 22],
    [16, 2 ** 21],
    [1, 7],
  ])("never wrap and lose nothing: every %d steps, %d spins", async (every, spins) => {
    const device = new QueueOfWords();
    const counters = countersOn(device, every);
    const room = counters.room(spins);
    let [step, counted] = [0, 0];
    for (let dispatch = 0; dispatch < 9; dispatch++) {
      const steps = Math.min(room, 40000 + 977 * dispatch);
      // nobody waits for what is fetched before the end
      void counters.expect(spins, steps);
      const samples = Math.ceil((step + steps) / every) - Math.ceil(step / every);
      device.count(counters.buffer, spins * samples);
      [step, counted] = [step + steps, counted + spins * samples];
    }
    const [[result]] = await counters.take();
    expect(device.largest).toBeLessThan(2 ** 32);
    expect(result.kind === "bins" && result.counts[0]).toBe(counted);
    const [[afterwards]] = await counters.take();
    expect(afterwards.kind === "bins" && afterwards.counts[0]).toBe(0);
  });

  it("tell whoever waits that the device is lost, and nobody else", async () => {
    const device = new QueueOfWords();
    const counters = countersOn(device);
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", listen);
    device.lost = true;
    for (let i = 0; i < 3; i++) void counters.expect(2 ** 22, 1000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(counters.take()).rejects.toThrow(DeviceLostError);
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
  });
});
