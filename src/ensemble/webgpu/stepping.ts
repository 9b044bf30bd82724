import type { Kernel, PrepareOptions, TallyResult } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import { gathered } from "../tally.ts";
import { advanceShader, turnOf } from "./advance-shader.ts";
import type { Block } from "./block.ts";
import { compact } from "./compaction.ts";
import { Counters } from "./counters.ts";
import type { Device, DeviceBuffer, Pipeline } from "./device.ts";
import { gridFor, workgroupSize } from "./grid.ts";
import { Pace } from "./pace.ts";
import { reshaped } from "./reshaped.ts";
import { logEntries, SampleLog } from "./sample-log.ts";
import type { Target } from "./target.ts";
import { TimeTable } from "./time-table.ts";

interface Start {
  readonly target: Target;
  /** Most spins of a block. */
  readonly perBlock: number;
  /** The counts of a snapshot. */
  readonly counted?: readonly BigUint64Array[];
  /** Set if the one block holds several groups, each with as many spins as the kernel. */
  readonly groups?: Groups;
}

/** Groups of spins that are counted separately. */
interface Groups {
  readonly count: number;
  /** One seed for each group. */
  readonly seeds: DeviceBuffer;
  /** State variables that are ≥ 0 once no observer needs a spin; the kernel itself has none. */
  readonly finished: readonly string[];
}

/** Steps a kernel on one device and counts while it runs. */
export class Stepping {
  readonly #device: Device;
  readonly #kernel: Kernel;
  /** Spins that one invocation steps side by side. */
  readonly #together: number;
  readonly #turn: number;
  readonly #target: Target;
  readonly #pace: Pace;
  readonly #watched: Counters;
  readonly #log: SampleLog;
  readonly #times: TimeTable;
  readonly #groups: Groups | undefined;
  /** The pipeline for whole turns of the loop, printed and compiled once. */
  readonly #whole: Promise<Pipeline>;

  constructor(device: Device, kernel: Kernel, start: Start, options: PrepareOptions) {
    const { target, perBlock, counted, groups } = start;
    this.#device = device;
    this.#kernel = kernel;
    this.#target = target;
    this.#groups = groups;
    // Mesa's processor driver waits for the results of long chains, and two more spins fill the gaps. SwiftShader takes minutes to
    // compile that, and a GPU, which has other work to fill gaps with, gains nothing (docs/performance.md).
    this.#together = /llvmpipe/i.test(device.description.adapter) ? 3 : 1;
    const { sampled, columns } = reshaped(kernel);
    this.#turn = turnOf(sampled, target);
    const stepLimit = Math.max(1, options.stepsPerDispatch ?? Number.POSITIVE_INFINITY);
    this.#pace = new Pace(device, this.#turn, stepLimit);
    this.#watched = new Counters(device, gathered(kernel), groups?.count);
    if (counted) this.#watched.add(counted);
    this.#log = new SampleLog(device, target === "gpu" ? [] : logEntries(sampled, this.#together), {
      workgroup: workgroupSize,
      invocations: Math.ceil(Math.min(perBlock, kernel.spins) / this.#together),
      groups: groups?.count,
    });
    this.#times = new TimeTable(device, columns, kernel.timeStep);
    this.#whole = this.#pipeline(this.#turn);
  }

  #pipeline(turn: number): Promise<Pipeline> {
    const shape = {
      turn,
      workgroup: workgroupSize,
      spins: this.#together,
      target: this.#target,
      groups: this.#groups,
    };
    return this.#device.pipeline(advanceShader(this.#kernel, shape), "advance");
  }

  /** Resolves when the pipeline for whole turns is compiled. */
  async compile(): Promise<void> {
    await this.#whole;
  }

  /** Steps a block from step `from` to step `to`. */
  async advance(block: Block, from: number, to: number): Promise<void> {
    let at = from;
    while (at < to && block.active > 0) {
      if (this.#kernel.finished && at % chunkLength === 0 && at > 0 && --block.waiting <= 0) {
        await compact(this.#device, this.#kernel, block);
        block.waiting = block.patience;
        if (block.active === 0) break;
      }
      at += await this.#dispatch(block, at, to - at);
    }
  }

  /** Makes one dispatch of at most `left` steps; returns its number of steps. */
  async #dispatch(block: Block, at: number, left: number): Promise<number> {
    const groups = this.#groups?.count ?? 1;
    const spins = block.active / groups;
    const invocations = Math.ceil(spins / this.#together);
    const groupWorkgroups = Math.ceil(invocations / workgroupSize);
    const [columns, rows] = gridFor(this.#device, groups * groupWorkgroups * workgroupSize);
    const turn = this.#turn;
    const room = Math.min(this.#log.room(invocations, at), this.#watched.room(spins), this.#times.room(turn));
    const length = this.#pace.nextLength(at, left, block.active, room);
    const inTurns = length % turn === 0 && at % turn === 0;
    const pipeline = await (inTurns ? this.#whole : this.#pipeline(1));
    const drained = this.#watched.expect(spins, length);
    this.#times.write(at, at + length, inTurns ? turn : 1);
    const span = new Uint32Array([
      (this.#kernel.firstSpin ?? 0) + block.first,
      block.count,
      at,
      at + length,
      this.#kernel.seed,
      columns * workgroupSize,
      invocations,
      block.streamsAt === at ? 1 : 0,
      spins,
      groupWorkgroups,
      groups,
    ]);
    const buffers = [
      block.state,
      block.parameters,
      this.#watched.buffer,
      block.streams,
      this.#log.buffer,
      this.#times.buffer,
      ...(this.#groups ? [this.#groups.seeds] : []),
    ];
    this.#device.dispatch(pipeline, buffers, span, [columns, rows]);
    const counted = this.#log.count(invocations, spins, at, at + length);
    block.streamsAt = at + length;
    await this.#pace.keep(block.active * length, Promise.all([counted, drained]));
    return length;
  }

  /** Waits for all that is queued. */
  settle(): Promise<void> {
    return this.#pace.settle();
  }

  /** The counts so far, one entry for each group. */
  async results(): Promise<TallyResult[][]> {
    const results = await this.#watched.results();
    this.#log.addTo(results);
    return results;
  }

  /** The counts since the last call; zeroes the counters. */
  async take(): Promise<TallyResult[]> {
    const results = await this.#watched.take();
    this.#log.addTo(results);
    this.#log.forget();
    return results[0];
  }

  /** The same as whole numbers; the counters stay. */
  async counted(): Promise<BigUint64Array[]> {
    const counted = await this.#watched.exactly();
    this.#log.addExactly(counted);
    return counted;
  }

  dispose(): void {
    this.#watched.destroy();
    this.#log.destroy();
    this.#times.buffer.destroy();
  }
}
