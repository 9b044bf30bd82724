import { checkIndices, copyingOf, heldBy, refuseFinished } from "../copying.ts";
import type { Ensemble, Kernel, TallyResult } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Counter, columnBytes, type Layout, rangeOf, spinsPerTile } from "./layout.ts";
import type { Share } from "./share.ts";
import { Totals } from "./totals.ts";
import type { ExportCall } from "./worker.ts";

/** Upper limits of one call of an exported function. */
export interface CallLimits {
  readonly steps: number;
  readonly tiles: number;
}

/** Most spin-steps of one message to a worker: about half a second, so that progress is visible. */
const workPerMessage = 1e8;
const callsPerMessage = 4096;
/** Spin-steps after which the 64-bit sums of a worker are collected, before they can overflow. */
const workBeforeDraining = 2 ** 38;

/** A prepared ensemble in worker threads. */
export class WasmEnsemble implements Ensemble {
  readonly adapter: string;
  readonly precision = "float32";
  private readonly kernel: Kernel;
  private readonly layout: Layout;
  private readonly shares: readonly Share[];
  private readonly limits: CallLimits;
  private watched: Totals;
  private undrained = 0;
  private step: number;

  constructor(
    adapter: string,
    kernel: Kernel,
    layout: Layout,
    shares: readonly Share[],
    limits: CallLimits,
    start: Pick<Snapshot, "step" | "counted">,
  ) {
    this.adapter = adapter;
    this.kernel = kernel;
    this.layout = layout;
    this.shares = shares;
    this.limits = limits;
    this.step = start.step;
    this.watched = new Totals(layout.watch, start.counted);
  }

  async advance(to: number): Promise<void> {
    while (this.step < to) {
      const spins = this.shares[0].tiles * spinsPerTile;
      const affordable = Math.max(1, Math.floor((workBeforeDraining - this.undrained) / spins));
      const end = Math.min(to, this.step + affordable);
      await Promise.all(this.shares.map((share) => this.advanceShare(share, this.step, end)));
      this.undrained += spins * (end - this.step);
      this.step = end;
      if (this.undrained >= workBeforeDraining - spins) await this.drain();
    }
  }

  /** Works through calls of bounded length in messages of bounded work. */
  private async advanceShare(share: Share, from: number, to: number): Promise<void> {
    let calls: ExportCall[] = [];
    let work = 0;
    for (let step = from; step < to; ) {
      const into = step % chunkLength;
      const steps = Math.min(to - step, chunkLength - into, this.limits.steps);
      for (let done = 0; done < share.activeTiles; done += this.limits.tiles) {
        const tiles = Math.min(this.limits.tiles, share.activeTiles - done);
        const tile = share.firstTile + done;
        const chunk = Math.floor(step / chunkLength);
        const place = [share.tileAddress(tile), tiles, tile * spinsPerTile] as const;
        calls.push(["advance", ...place, chunk, into, steps, step, this.kernel.seed]);
        work += tiles * spinsPerTile * steps;
        if (work >= workPerMessage || calls.length >= callsPerMessage) {
          await share.run(calls);
          calls = [];
          work = 0;
        }
      }
      step += steps;
      // between chunks of noise finished spins are moved away, so that they cost nothing more
      if (this.kernel.finished && step % chunkLength === 0) {
        await share.run(calls);
        calls = [];
        work = 0;
        await share.compact();
      }
    }
    if (calls.length > 0) await share.run(calls);
  }

  private async take(counters: readonly Counter[], into: Totals): Promise<void> {
    const { address, bytes } = rangeOf(counters);
    if (bytes === 0) return;
    await Promise.all(
      this.shares.map(async (share) => {
        into.add(await share.readBytes(address, bytes));
        await share.write(address, new Uint8Array(bytes));
      }),
    );
  }

  private async drain(): Promise<void> {
    await this.take(this.layout.watch, this.watched);
    this.undrained = 0;
  }

  async observe(view: string): Promise<TallyResult[]> {
    const counters = this.layout.views.get(view);
    if (!counters) throw new Error(`the kernel has no view named ${view}`);
    const name = `view${[...this.layout.views.keys()].indexOf(view)}`;
    const totals = new Totals(counters);
    await Promise.all(
      this.shares.map((share) => {
        const { firstTile, tiles } = share;
        const place = [share.tileAddress(firstTile), tiles, firstTile * spinsPerTile] as const;
        return share.run([[name, ...place, this.step]]);
      }),
    );
    await this.take(counters, totals);
    return totals.results();
  }

  async collect(): Promise<TallyResult[]> {
    await this.drain();
    const results = this.watched.results();
    this.watched = new Totals(this.layout.watch);
    return results;
  }

  async read(count: number): Promise<Float64Array[]> {
    const spins = Math.min(count, this.kernel.spins);
    const columns = this.kernel.state.map(() => new Float64Array(spins));
    await Promise.all(this.shares.map((share) => share.read(spins, columns)));
    return columns;
  }

  async column(name: string, room?: Float64Array): Promise<Float64Array> {
    const { state, spins, finished } = this.kernel;
    const index = state.indexOf(name);
    // if spins change places, only `read` restores their order
    if (finished) return (await this.read(spins))[index];
    const values = room ?? new Float64Array(spins);
    await Promise.all(this.shares.map((share) => share.column(index, values)));
    return values;
  }

  async snapshot(): Promise<Snapshot> {
    await this.drain();
    const { state, parameters, spins } = this.kernel;
    const columns = [...state, ...parameters].map(() => new Float32Array(spins));
    await Promise.all(this.shares.map((share) => share.read(spins, columns)));
    return {
      step: this.step,
      state: columns.slice(0, state.length),
      parameters: columns.slice(state.length),
      counted: this.watched.exactly(),
    };
  }

  async gather(indices: Uint32Array): Promise<void> {
    refuseFinished(this.kernel);
    checkIndices(indices, this.kernel.spins);
    const copyings = this.shares.map((share) => copyingOf(indices, share.firstSpin, share.spins));
    const foreign = await Promise.all(copyings.map((copying) => this.foreignWords(copying.foreign)));
    await Promise.all(this.shares.map((share, i) => share.gather(copyings[i], foreign[i])));
  }

  /** The words of the given spins from all workers, column after column. */
  private async foreignWords(spins: Uint32Array): Promise<Uint32Array> {
    const columns = this.layout.tileBytes / columnBytes;
    const words = new Uint32Array(columns * spins.length);
    if (spins.length === 0) return words;
    for (const share of this.shares) {
      const held = heldBy(spins, share.firstSpin, share.firstSpin + share.spins);
      const found = await share.pick(Uint32Array.from(held, (k) => spins[k] - share.firstSpin));
      for (let column = 0; column < columns; column++)
        held.forEach((k, i) => {
          words[column * spins.length + k] = found[column * held.length + i];
        });
    }
    return words;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.shares.map((share) => share.close()));
  }
}
