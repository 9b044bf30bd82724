import type { Ensemble, Filling, Kernel, PrepareOptions } from "../kernel.ts";
import { requireOneStream } from "../kernel.ts";
import { startOf } from "../snapshot.ts";
import { filledBlocks, release, spinsPerBlock } from "./block.ts";
import { copySpins } from "./copy.ts";
import type { Device, DeviceBuffer, NativeDevice } from "./device.ts";
import { readState } from "./read-state.ts";
import { columnsOf } from "./snapshot.ts";
import { Stepping } from "./stepping.ts";
import { tallyLayout } from "./tally-text.ts";
import { targetOf } from "./target.ts";
import { Views } from "./views.ts";

/** An ensemble whose state can be displayed from device memory: variable k of spin i of a block is word i + k · count. */
export interface ResidentEnsemble extends Ensemble {
  readonly device: NativeDevice;
  readonly blocks: readonly { readonly count: number; readonly state: DeviceBuffer }[];
}

export const isResident = (ensemble: Ensemble): ensemble is ResidentEnsemble =>
  "device" in ensemble && "blocks" in ensemble;

/** Throws RangeError if the counters of a view do not fit into a workgroup's memory. */
export function checkRoom(device: Device, kernel: Kernel): void {
  for (const [name, tallies] of Object.entries(kernel.views)) {
    const { words } = tallyLayout(tallies);
    if (words * 4 > device.limits.workgroupStorage)
      throw new RangeError(
        `${name} needs ${words} counters, this device has room for ${device.limits.workgroupStorage / 4}`,
      );
  }
}

/** Buffers and pipelines of one kernel on one device. */
export async function prepareEnsemble(
  device: Device,
  kernel: Kernel,
  initial: Filling,
  options: PrepareOptions = {},
): Promise<ResidentEnsemble> {
  requireOneStream(kernel, "webgpu");
  const { filling, counted, ...start } = startOf(kernel, initial, options);
  checkRoom(device, kernel);
  const perBlock = spinsPerBlock(device, kernel, options);
  const blocks = await filledBlocks(device, kernel, filling, perBlock, options);
  const target = targetOf(device, options);
  const stepping = new Stepping(device, kernel, { target, perBlock, counted }, options);
  await stepping.compile();
  const views = new Views(device, kernel, target);
  let { step } = start;
  return {
    adapter: device.description.adapter,
    device: device.native,
    blocks,
    precision: "float32",
    async advance(to) {
      for (const block of blocks) await stepping.advance(block, step, to);
      await stepping.settle();
      step = Math.max(step, to);
    },
    observe: async (name) => (await views.observe(name, blocks, step))[0],
    collect: () => stepping.take(),
    read: (count) => readState(device, kernel, blocks, count, [...kernel.state.keys()]),
    column: async (name) =>
      (await readState(device, kernel, blocks, kernel.spins, [kernel.state.indexOf(name)]))[0],
    gather: (indices) => copySpins(device, kernel, blocks, indices),
    async snapshot() {
      const counted = await stepping.counted();
      return { step, ...(await columnsOf(device, kernel, blocks)), counted };
    },
    async dispose() {
      for (const block of blocks) release(block);
      stepping.dispose();
      views.dispose();
    },
  };
}
