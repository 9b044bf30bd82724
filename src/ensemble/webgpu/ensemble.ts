import type { Ensemble, Filling, Kernel, PrepareOptions } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import { startOf } from "../snapshot.ts";
import { gathered } from "../tally.ts";
import { advanceShader, turnOf } from "./advance-shader.ts";
import { compactShader } from "./compact-shader.ts";
import { copySpins } from "./copy.ts";
import { Counters } from "./counters.ts";
import type { Device, DeviceBuffer, NativeDevice, Pipeline } from "./device.ts";
import { filledBuffers } from "./filled-buffers.ts";
import { LookLog, logEntries } from "./look-log.ts";
import { observeShader } from "./observe-shader.ts";
import { reshaped } from "./reshaped.ts";
import { columnsOf } from "./snapshot.ts";
import { tallyLayout } from "./tally-text.ts";
import { TimeTable } from "./time-table.ts";

/** Spins [first, first + count) and their memory. */
interface Block {
  readonly first: number;
  readonly count: number;
  /** Spins that are not finished; they come first. */
  active: number;
  state: DeviceBuffer;
  parameters: DeviceBuffer;
  /** Where spins move to when those that are not finished are brought together. */
  spare?: { state: DeviceBuffer; parameters: DeviceBuffer };
  /** Chunks of noise until that is tried again, and how many it is then left for if little was gained. */
  patience: number;
  waiting: number;
  /** Noise of every spin where the last dispatch left it, and the step that was. */
  readonly streams: DeviceBuffer;
  streamsAt: number;
}

function release({ state, parameters, streams, spare }: Block): void {
  for (const buffer of [state, parameters, streams, spare?.state, spare?.parameters]) buffer?.destroy();
}

/** An ensemble whose state can be drawn where it lies: variable k of spin i of a block is word i + k · count. */
export interface ResidentEnsemble extends Ensemble {
  readonly device: NativeDevice;
  readonly blocks: readonly { readonly count: number; readonly state: DeviceBuffer }[];
}

export const isResident = (ensemble: Ensemble): ensemble is ResidentEnsemble =>
  "device" in ensemble && "blocks" in ensemble;

const workgroupSize = 64;
/** Words of one stream of noise. */
const streamWords = 4;
/** Largest block: small enough for the default binding limit, large enough to fill any device. */
const blockSize = 1 << 22;
/** On a processor: small enough that state stays in its caches and a dispatch of the aimed length has many steps. */
const softwareBlockSize = 1 << 16;
/** Dispatches are sized towards this time: long enough to hide launch costs, far below any watchdog. */
const targetSeconds = 0.05;
/** Most steps of a dispatch. */
const longestDispatch = 1 << 16;
/** Dispatches queued behind the one that runs. */
const queueDepth = 2;

/** Buffers and pipelines of one kernel on one device. */
export async function prepareEnsemble(
  device: Device,
  kernel: Kernel,
  initial: Filling,
  options: PrepareOptions = {},
): Promise<ResidentEnsemble> {
  const { filling, ...start } = startOf(kernel, initial, options);
  for (const [name, tallies] of Object.entries(kernel.views))
    if (tallyLayout(tallies).words * 4 > device.limits.workgroupStorage)
      throw new RangeError(
        `${name} needs ${tallyLayout(tallies).words} counters, this device has room for ${device.limits.workgroupStorage / 4}`,
      );
  const perBlock = Math.min(
    options.spinsPerDispatch ?? (device.description.software ? softwareBlockSize : blockSize),
    Math.floor(
      device.limits.storageBinding /
        (4 * Math.max(kernel.state.length, kernel.parameters.length + 1, streamWords)),
    ),
  );
  const blocks: Block[] = [];
  try {
    for (let first = 0; first < kernel.spins; first += perBlock) {
      const count = Math.min(perBlock, kernel.spins - first);
      blocks.push({
        first,
        count,
        active: count,
        ...(await filledBuffers(device, kernel, filling, first, count)),
        ...(kernel.finished
          ? {
              spare: {
                state: device.storage(kernel.state.length * count),
                parameters: device.storage((kernel.parameters.length + 1) * count),
              },
            }
          : {}),
        patience: 1,
        waiting: 1,
        streams: device.storage(streamWords * count),
        streamsAt: -1,
      });
    }
  } catch (error) {
    for (const block of blocks) release(block);
    throw error;
  }
  // Mesa's processor driver waits for the results of long chains: two more spins fill the gaps. SwiftShader takes
  // minutes to compile that, and a GPU, which has other work to fill gaps with, gains nothing (docs/performance.md).
  const together = /llvmpipe/i.test(device.description.adapter) ? 3 : 1;
  const target = options.printedFor ?? (device.description.software ? "processor" : "gpu");
  const advancing = (turn: number): Promise<Pipeline> =>
    device.pipeline(
      advanceShader(kernel, {
        turn,
        workgroup: workgroupSize,
        spins: together,
        target,
      }),
      "advance",
    );
  const turn = turnOf(kernel, target);
  const whole = advancing(turn);
  await whole;
  const watched = new Counters(device, gathered(kernel));
  watched.add(start.counted);
  const log = new LookLog(device, target === "gpu" ? [] : logEntries(kernel, together), {
    workgroup: workgroupSize,
    invocations: Math.ceil(Math.min(perBlock, kernel.spins) / together),
  });
  const views = new Map(
    Object.entries(kernel.views).map(([name, list]) => [name, new Counters(device, list)]),
  );
  const times = new TimeTable(device, reshaped(kernel, target).columns, kernel.timeStep);
  const stepLimit = Math.max(1, options.stepsPerDispatch ?? Number.POSITIVE_INFINITY);
  let secondsPerSpinStep = 0;
  let { step } = start;

  /**
   * Steps of the next dispatch on `spins` spins from step `at`: whole turns of the loop where there is room for one, and to
   * the end of a chunk of noise where that takes no longer than four times the aim, so that dispatches are long and begin
   * where the noise does. At most `room` steps.
   */
  const nextLength = (at: number, left: number, spins: number, room: number): number => {
    const affordable = secondsPerSpinStep > 0 ? targetSeconds / (secondsPerSpinStep * spins) : 32;
    const toChunk = chunkLength - (at % chunkLength);
    const chunks = Math.max(0, Math.round((affordable - toChunk) / chunkLength)) * chunkLength;
    const aligned = 4 * affordable >= toChunk ? toChunk + chunks : affordable;
    const length = Math.min(left, stepLimit, room, Math.max(turn, Math.min(aligned, longestDispatch)));
    // up to the next turn first, where the last dispatch ended inside one
    if (at % turn !== 0) return Math.min(Math.floor(length), turn - (at % turn));
    return length >= turn ? Math.floor(length / turn) * turn : Math.floor(length);
  };

  const gridFor = (invocations: number): [columns: number, rows: number] => {
    const groups = Math.max(1, Math.ceil(invocations / workgroupSize));
    const columns = Math.min(groups, device.limits.workgroups);
    return [columns, Math.ceil(groups / columns)];
  };

  /** Brings together the spins of a block that are not finished. */
  const compact = async (block: Block): Promise<void> => {
    const { spare } = block;
    if (!spare) return;
    const pipeline = await device.pipeline(compactShader(kernel), "compact");
    const placed = device.storage(2);
    const [columns, rows] = gridFor(block.count);
    const sizes = [kernel.state.length, block.count, kernel.parameters.length + 1, columns * workgroupSize];
    const buffers = [block.state, block.parameters, placed, spare.state, spare.parameters];
    device.dispatch(pipeline, buffers, new Uint32Array(sizes), [columns, rows]);
    const [active] = new Uint32Array(await device.read(placed, 2));
    placed.destroy();
    block.spare = { state: block.state, parameters: block.parameters };
    [block.state, block.parameters] = [spare.state, spare.parameters];
    // the streams stay where they were: the next dispatch draws its own
    block.streamsAt = -1;
    block.patience = active > 0.9 * block.active ? Math.min(2 * block.patience, 64) : 1;
    block.active = active;
  };

  /** Dispatches that may still run, oldest first, with their spin-steps. */
  const inFlight: { readonly done: Promise<void>; readonly work: number }[] = [];
  let paceSince = 0;

  /**
   * Keeps a few dispatches queued behind the one that runs, so that the device never waits for the host; the time between
   * their ends sets the length of the next.
   */
  const keepPace = async (work: number, counted: Promise<unknown>): Promise<void> => {
    if (inFlight.length === 0) paceSince = performance.now();
    const done = Promise.all([device.finished(), counted]).then(() => {});
    // a lost device is told to whoever waits; what is not waited for any more must not end the process
    done.catch(() => {});
    inFlight.push({ done, work });
    while (inFlight.length > (secondsPerSpinStep === 0 ? 0 : queueDepth)) {
      const [oldest] = inFlight.splice(0, 1);
      await oldest.done;
      const now = performance.now();
      secondsPerSpinStep = Math.max(now - paceSince, 1e-3) / 1000 / oldest.work;
      paceSince = now;
    }
  };

  const advanceBlock = async (block: Block, to: number): Promise<void> => {
    let at = step;
    while (at < to && block.active > 0) {
      if (kernel.finished && at % chunkLength === 0 && at > 0 && --block.waiting <= 0) {
        await compact(block);
        block.waiting = block.patience;
        if (block.active === 0) break;
      }
      const invocations = Math.ceil(block.active / together);
      const [columns, rows] = gridFor(invocations);
      const room = Math.min(log.room(invocations, at), watched.room(block.active), times.room(turn));
      const length = nextLength(at, to - at, block.active, room);
      const inTurns = length % turn === 0 && at % turn === 0;
      const pipeline = await (inTurns ? whole : advancing(1));
      const drained = watched.expect(block.active, length);
      times.write(at, at + length, inTurns ? turn : 1);
      const span = new Uint32Array([
        block.first,
        block.count,
        at,
        at + length,
        kernel.seed,
        columns * workgroupSize,
        invocations,
        block.streamsAt === at ? 1 : 0,
      ]);
      const buffers = [
        block.state,
        block.parameters,
        watched.buffer,
        block.streams,
        log.buffer,
        times.buffer,
      ];
      device.dispatch(pipeline, buffers, span, [columns, rows]);
      const counted = log.count(invocations, block.active, at, at + length);
      at += length;
      block.streamsAt = at;
      await keepPace(block.active * length, Promise.all([counted, drained]));
    }
  };

  return {
    adapter: device.description.adapter,
    device: device.native,
    blocks,
    precision: "float32",
    async advance(to) {
      for (const block of blocks) await advanceBlock(block, to);
      await Promise.all(inFlight.splice(0).map(({ done }) => done));
      await device.finished();
      step = Math.max(step, to);
    },
    async observe(name) {
      const tallies = kernel.views[name];
      const counters = views.get(name);
      if (!tallies || !counters) throw new Error(`the kernel has no view named ${name}`);
      if (tallies.length === 0) return [];
      const pipeline = await device.pipeline(observeShader(kernel, tallies, target), "observe");
      for (const block of blocks) {
        await counters.expect(block.count, 1);
        // every thread looks at up to 64 spins: see the sums in observeShader
        const groups = Math.max(1, Math.ceil(block.count / (workgroupSize * 64)));
        const span = new Uint32Array([block.first, block.count, step, groups * workgroupSize]);
        device.dispatch(pipeline, [block.state, block.parameters, counters.buffer], span, [groups, 1]);
      }
      return counters.take();
    },
    async collect() {
      const results = await watched.take();
      log.addTo(results);
      return results;
    },
    async read(count) {
      const columns = kernel.state.map(() => new Float64Array(Math.min(count, kernel.spins)));
      for (const block of blocks) {
        const wanted = Math.min(block.count, count - block.first);
        if (wanted <= 0) break;
        const held = kernel.finished ? block.count : wanted;
        const values = async (buffer: DeviceBuffer, column: number): Promise<Float32Array> =>
          new Float32Array(await device.read(buffer, held, column * block.count));
        const numbers = kernel.finished && (await values(block.parameters, kernel.parameters.length));
        for (const [i, column] of columns.entries()) {
          const found = await values(block.state, i);
          if (!numbers) column.set(found, block.first);
          else
            found.forEach((value, place) => {
              if (numbers[place] < wanted) column[block.first + numbers[place]] = value;
            });
        }
      }
      return columns;
    },
    gather: (indices) => copySpins(device, kernel, blocks, indices),
    async snapshot() {
      const counted = await watched.exactly();
      log.addExactly(counted);
      return { step, ...(await columnsOf(device, kernel, blocks)), counted };
    },
    async dispose() {
      for (const block of blocks) release(block);
      watched.destroy();
      log.destroy();
      times.buffer.destroy();
      for (const counters of views.values()) counters.destroy();
    },
  };
}
