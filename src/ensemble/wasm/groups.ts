import type { Group, GroupedEnsemble, Kernel, PrepareOptions, TallyResult } from "../kernel.ts";
import { chunkLength, requireOneStream } from "../kernel.ts";
import { coreCount } from "../workers.ts";
import { hasRelaxedSimd } from "./features.ts";
import type { Counter, Layout } from "./layout.ts";
import { columnBytes, rangeOf, spinsPerTile } from "./layout.ts";
import { buildModule } from "./program.ts";
import { Share, tileBlock } from "./share.ts";
import { Totals } from "./totals.ts";
import type { ExportCall } from "./worker.ts";

/** Most spin-steps of one message to a worker. */
const workPerMessage = 1e8;

/** The groups that one worker owns: each begins at a tile of its own. */
interface Part {
  readonly share: Share;
  readonly first: number;
  readonly count: number;
}

/**
 * Ensembles of one kernel side by side in the workers' memories. A tile belongs to one group, so the counters are emptied between groups;
 * the code is that of one ensemble.
 */
class WasmGroups implements GroupedEnsemble {
  readonly adapter: string;
  readonly precision = "float32";
  readonly #kernel: Kernel;
  readonly #layout: Layout;
  readonly #parts: readonly Part[];
  readonly #seeds: readonly number[];
  readonly #tiles: number;
  readonly #watched: readonly Totals[];
  #step = 0;

  constructor(
    adapter: string,
    kernel: Kernel,
    layout: Layout,
    parts: readonly Part[],
    seeds: readonly number[],
  ) {
    this.adapter = adapter;
    this.#kernel = kernel;
    this.#layout = layout;
    this.#parts = parts;
    this.#seeds = seeds;
    this.#tiles = Math.ceil(kernel.spins / spinsPerTile);
    this.#watched = seeds.map(() => new Totals(layout.watch));
  }

  /** Makes the same calls for each group, in messages of bounded work, and adds the counts to the totals, if there are any. */
  async #each(
    calls: (tile: number, seed: number) => ExportCall,
    counters: readonly Counter[],
    totals: readonly Totals[],
    stepsPerCall: number,
  ): Promise<void> {
    const range = rangeOf(counters);
    const work = this.#tiles * spinsPerTile * stepsPerCall;
    const perMessage = Math.max(1, Math.floor(workPerMessage / work));
    await Promise.all(
      this.#parts.map(async ({ share, first, count }) => {
        for (let done = 0; done < count; done += perMessage) {
          const some = Math.min(perMessage, count - done);
          const lists = Array.from({ length: some }, (_, i): ExportCall[] => [
            calls(share.tileAddress((done + i) * this.#tiles), this.#seeds[first + done + i]),
          ]);
          if (range.bytes === 0) await share.run(lists.flat());
          else {
            const copies = await share.tally(lists, range);
            for (let i = 0; i < some; i++)
              totals[first + done + i].add(copies.subarray(i * range.bytes, (i + 1) * range.bytes));
          }
        }
      }),
    );
  }

  async advance(to: number): Promise<void> {
    while (this.#step < to) {
      const step = this.#step;
      const into = step % chunkLength;
      const steps = Math.min(to - step, chunkLength - into);
      const chunk = Math.floor(step / chunkLength);
      await this.#each(
        (tile, seed) => ["advance", tile, this.#tiles, 0, chunk, into, steps, step, seed],
        this.#layout.watch,
        this.#watched,
        steps,
      );
      this.#step += steps;
    }
  }

  async observe(view: string): Promise<TallyResult[][]> {
    const counters = this.#layout.views.get(view);
    if (!counters) throw new Error(`the kernel has no view named ${view}`);
    const name = `view${[...this.#layout.views.keys()].indexOf(view)}`;
    const totals = this.#seeds.map(() => new Totals(counters));
    await this.#each((tile) => [name, tile, this.#tiles, 0, this.#step], counters, totals, 4);
    return totals.map((one) => one.results());
  }

  async collect(): Promise<TallyResult[][]> {
    return this.#watched.map((one) => one.results());
  }

  async read(group: number, count: number): Promise<Float64Array[]> {
    const part = this.#parts.find(({ first, count: held }) => group >= first && group < first + held);
    if (!part) throw new RangeError(`there is no group ${group}`);
    const spins = Math.min(count, this.#kernel.spins);
    const columns = this.#kernel.state.map(() => new Float64Array(spins));
    const address = part.share.tileAddress((group - part.first) * this.#tiles);
    const bytes = Math.ceil(spins / spinsPerTile) * this.#layout.tileBytes;
    const memory = await part.share.readBytes(address, bytes);
    const block = new Float32Array(memory.buffer, memory.byteOffset, bytes / 4);
    const width = this.#layout.tileBytes / 4;
    columns.forEach((values, column) => {
      for (let i = 0; i < spins; i++)
        values[i] = block[Math.floor(i / spinsPerTile) * width + column * spinsPerTile + (i % spinsPerTile)];
    });
    return columns;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#parts.map(({ share }) => share.close()));
  }
}

/** Prepares groups: whole ones to each worker. */
export async function prepareGroups(
  whole: Kernel,
  groups: readonly Group[],
  options: PrepareOptions,
  describe: (threads: number, relaxed: boolean) => string,
): Promise<GroupedEnsemble> {
  requireOneStream(whole, "wasm");
  // compaction would move spins out of their groups
  const { finished: _, ...kernel } = whole;
  const relaxed = hasRelaxedSimd();
  const { module, layout } = await buildModule(kernel, relaxed);
  const tiles = Math.ceil(kernel.spins / spinsPerTile);
  const threads = Math.max(1, Math.min(options.threads ?? (await coreCount()), groups.length));
  const firsts = Array.from({ length: threads + 1 }, (_, i) => Math.floor((i * groups.length) / threads));
  const shares: Share[] = [];
  try {
    const parts: Part[] = [];
    for (let i = 0; i < threads; i++) {
      const count = firsts[i + 1] - firsts[i];
      const share = await Share.start(module, kernel, layout, 0, count * tiles);
      shares.push(share);
      parts.push({ share, first: firsts[i], count });
    }
    for (const { share, first, count } of parts)
      for (let i = 0; i < count; i++) {
        const block = await tileBlock(
          groups[first + i].filling,
          0,
          kernel.spins,
          tiles,
          layout.tileBytes / columnBytes,
        );
        await share.write(share.tileAddress(i * tiles), new Uint8Array(block.buffer));
      }
    const seeds = groups.map(({ seed }) => seed);
    return new WasmGroups(describe(threads, relaxed), kernel, layout, parts, seeds);
  } catch (error) {
    await Promise.all(shares.map((share) => share.close()));
    throw error;
  }
}
