import type { Filling, Kernel, PrepareOptions } from "../kernel.ts";
import type { Device, DeviceBuffer } from "./device.ts";
import type { DrawnStart } from "./drawn-start.ts";
import { drawnStart } from "./drawn-start.ts";
import { filledBuffers } from "./filled-buffers.ts";

/** Spins [first, first + count) and their memory. */
export interface Block {
  readonly first: number;
  readonly count: number;
  /** Number of unfinished spins; they come first. */
  active: number;
  state: DeviceBuffer;
  parameters: DeviceBuffer;
  /** The buffers to which compaction moves spins. */
  spare?: { state: DeviceBuffer; parameters: DeviceBuffer };
  /** Chunks of noise until the next compaction, and the pause after one that gained little. */
  patience: number;
  waiting: number;
  /** Noise streams of every spin after the last dispatch, and its last step. */
  readonly streams: DeviceBuffer;
  streamsAt: number;
}

export function release({ state, parameters, streams, spare }: Block): void {
  for (const buffer of [state, parameters, streams, spare?.state, spare?.parameters]) buffer?.destroy();
}

/** Words of one stream of noise. */
const streamWords = 4;
/** Largest block: small enough for the default binding limit, large enough to fill any device. */
const blockSize = 1 << 22;
/** On a processor: small enough that the state stays in its caches and a dispatch of the target time has many steps. */
const softwareBlockSize = 1 << 16;

/** Most spins of a block of this kernel. */
export const spinsPerBlock = (device: Device, kernel: Kernel, { spinsPerDispatch }: PrepareOptions): number =>
  Math.min(
    spinsPerDispatch ?? (device.description.software ? softwareBlockSize : blockSize),
    Math.floor(
      device.limits.storageBinding /
        (4 * Math.max(kernel.state.length, kernel.parameters.length + 1, streamWords)),
    ),
  );

/** All spins of a kernel in filled blocks. If it fails, nothing is left on the device. */
export async function filledBlocks(
  device: Device,
  kernel: Kernel,
  filling: Filling,
  perBlock: number,
  options: PrepareOptions = {},
  drawing: Promise<DrawnStart | undefined> = drawnStart(device, filling, options),
): Promise<Block[]> {
  const blocks: Block[] = [];
  const drawn = await drawing;
  try {
    for (let first = 0; first < kernel.spins; first += perBlock) {
      const count = Math.min(perBlock, kernel.spins - first);
      blocks.push({
        first,
        count,
        active: count,
        ...(await filledBuffers(device, kernel, filling, first, count, drawn)),
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
  } finally {
    drawn?.destroy();
  }
  return blocks;
}
