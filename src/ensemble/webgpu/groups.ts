import type { Filling, Group, GroupedEnsemble, Kernel, PrepareOptions } from "../kernel.ts";
import { requireOneStream } from "../kernel.ts";
import { gathered } from "../tally.ts";
import type { Block } from "./block.ts";
import { filledBlocks, release, spinsPerBlock } from "./block.ts";
import type { Device } from "./device.ts";
import type { DrawnStart } from "./drawn-start.ts";
import { drawnStart } from "./drawn-start.ts";
import { checkRoom } from "./ensemble.ts";
import { Stepping } from "./stepping.ts";
import { tallyLayout } from "./tally-text.ts";
import type { Target } from "./target.ts";
import { targetOf } from "./target.ts";
import { Views } from "./views.ts";

/** Groups that one dispatch steps: their spins lie one group after the other in one block and are counted separately. */
interface Batch {
  readonly first: number;
  readonly count: number;
  readonly block: Block;
  readonly stepping: Stepping;
  readonly views: Views;
  readonly release: () => void;
}

/**
 * Most groups of one dispatch: their spins fit into a block, their counters into a binding, their rows into a dispatch. Throws RangeError
 * if not even one group fits.
 */
function groupsPerBatch(device: Device, kernel: Kernel, options: PrepareOptions): number {
  const { storageBinding, workgroups } = device.limits;
  const { state, parameters, spins, views } = kernel;
  const tallies = [gathered(kernel), ...Object.values(views)];
  const words = Math.max(1, ...tallies.map((list) => tallyLayout(list).words));
  const bytes = 4 * Math.max(spins * Math.max(state.length, parameters.length + 1, 4), words);
  if (bytes > storageBinding)
    throw new RangeError(
      `a group of ${spins} spins needs ${bytes} bytes in one buffer, this device allows ${storageBinding}`,
    );
  const fitting = Math.floor(storageBinding / (4 * words));
  const inBlock = Math.floor(spinsPerBlock(device, kernel, options) / spins);
  return Math.max(1, Math.min(fitting, inBlock, workgroups));
}

/** The spins of groups as one ensemble, one group after the other. */
function joined(groups: readonly Group[], spins: number): Filling {
  const fill = (first: number, count: number): ReturnType<Filling> => {
    const pieces: ReturnType<Filling>[] = [];
    for (let at = first; at < first + count; ) {
      const own = at % spins;
      const some = Math.min(spins - own, first + count - at);
      pieces.push(groups[Math.floor(at / spins)].filling(own, some));
      at += some;
    }
    if (pieces.length === 1) return pieces[0];
    const whole = (kind: "state" | "parameters"): Float64Array[] =>
      pieces[0][kind].map((_, k) => {
        const column = new Float64Array(count);
        let at = 0;
        for (const piece of pieces) {
          column.set(piece[kind][k], at);
          at += piece[kind][k].length;
        }
        return column;
      });
    return { state: whole("state"), parameters: whole("parameters") };
  };
  const prepare = async (pause: () => Promise<void>): Promise<void> => {
    for (const { filling } of groups) await filling.prepare?.(pause);
  };
  return Object.assign(fill, { prepare });
}

/** Draws the spins of groups on the device; undefined if the host has to draw any group. */
async function drawnGroups(
  device: Device,
  groups: readonly Group[],
  count: number,
  options: PrepareOptions,
): Promise<DrawnStart | undefined> {
  const starts: DrawnStart[] = [];
  const destroy = (): void => {
    for (const start of starts) start.destroy();
  };
  try {
    for (const { filling } of groups) {
      const start = await drawnStart(device, filling, options);
      if (!start) {
        destroy();
        return undefined;
      }
      starts.push(start);
    }
  } catch (error) {
    destroy();
    throw error;
  }
  return {
    async draw(place) {
      for (const [i, start] of starts.entries())
        await start.draw({ ...place, first: 0, count, at: i * count });
    },
    destroy,
  };
}

async function prepareBatch(
  device: Device,
  kernel: Kernel,
  groups: readonly Group[],
  first: number,
  { finished, target, ...options }: PrepareOptions & { target: Target; finished: readonly string[] },
): Promise<Batch> {
  const spins = groups.length * kernel.spins;
  const filling = joined(groups, kernel.spins);
  const drawn = drawnGroups(device, groups, kernel.spins, options);
  const [block] = await filledBlocks(device, { ...kernel, spins }, filling, spins, options, drawn);
  const seeds = device.storage(groups.length);
  device.write(
    seeds,
    Uint32Array.from(groups, ({ seed }) => seed),
  );
  const start = { target, perBlock: kernel.spins, groups: { count: groups.length, seeds, finished } };
  const stepping = new Stepping(device, kernel, start, options);
  const views = new Views(device, kernel, target, groups.length);
  return {
    first,
    count: groups.length,
    block,
    stepping,
    views,
    release() {
      release(block);
      seeds.destroy();
      stepping.dispose();
      views.dispose();
    },
  };
}

/** The state of the first spins of each group, column by column. */
async function readAll(
  device: Device,
  kernel: Kernel,
  batches: readonly Batch[],
  count: number,
): Promise<Float64Array[][]> {
  const columns = kernel.state.length;
  const found = await Promise.all(
    batches.map(async ({ block, count: groups }) => {
      const pieces = Array.from({ length: groups * columns }, (_, i) => ({
        buffer: block.state,
        from: (i % columns) * block.count + Math.floor(i / columns) * kernel.spins,
        words: count,
      }));
      const words = new Float32Array(await device.readPieces(pieces));
      return Array.from({ length: groups }, (_, group) =>
        kernel.state.map((_, k) => {
          const at = (group * columns + k) * count;
          return Float64Array.from(words.subarray(at, at + count));
        }),
      );
    }),
  );
  return found.flat();
}

/**
 * Ensembles of one kernel side by side. A workgroup has spins of one group, and their noise depends on the group's seed and their number
 * in it. So each group gives the same results as alone, to the bit.
 */
export async function prepareGroups(
  device: Device,
  whole: Kernel,
  groups: readonly Group[],
  options: PrepareOptions = {},
): Promise<GroupedEnsemble> {
  requireOneStream(whole, "webgpu");
  // compaction would move spins out of their groups
  const { finished = [], ...kernel } = whole;
  checkRoom(device, kernel);
  const perBatch = groupsPerBatch(device, kernel, options);
  const target = targetOf(device, options);
  const batches: Batch[] = [];
  const releaseAll = (): void => {
    for (const batch of batches) batch.release();
  };
  try {
    for (let first = 0; first < groups.length; first += perBatch) {
      const some = groups.slice(first, first + perBatch);
      const batch = await prepareBatch(device, kernel, some, first, { ...options, finished, target });
      batches.push(batch);
      await batch.stepping.compile();
    }
  } catch (error) {
    releaseAll();
    throw error;
  }
  let step = 0;
  /** Results of reading at the present step, by the number of spins: a caller that reads one group soon reads the others. */
  const readings = new Map<number, Promise<Float64Array[][]>>();
  return {
    adapter: device.description.adapter,
    precision: "float32",
    async advance(to) {
      readings.clear();
      for (const { stepping, block } of batches) {
        await stepping.advance(block, step, to);
        await stepping.settle();
      }
      step = Math.max(step, to);
    },
    async observe(name) {
      const found = [];
      for (const { views, block } of batches) found.push(...(await views.observe(name, [block], step)));
      return found;
    },
    async collect() {
      const found = [];
      for (const { stepping } of batches) found.push(...(await stepping.results()));
      return found;
    },
    async read(group, count) {
      const spins = Math.min(count, kernel.spins);
      const reading = readings.get(spins) ?? readAll(device, kernel, batches, spins);
      readings.set(spins, reading);
      return (await reading)[group];
    },
    async dispose() {
      releaseAll();
    },
  };
}
