import { checkIndices, refuseFinished } from "../copying.ts";
import type { Kernel } from "../kernel.ts";
import type { Device, DeviceBuffer } from "./device.ts";
import { shaders } from "./shaders.gen.ts";

/** Spins [first, first + count) and their memory. */
interface Held {
  readonly first: number;
  readonly count: number;
  state: DeviceBuffer;
  parameters: DeviceBuffer;
}

/** Invocations of a workgroup in the shader. */
const workgroup = 64;

/** Copies the spin with the number `indices[i]` to place i; state and parameters never leave the device. */
export async function copySpins(
  device: Device,
  kernel: Kernel,
  blocks: readonly Held[],
  indices: Uint32Array,
): Promise<void> {
  refuseFinished(kernel);
  checkIndices(indices, kernel.spins);
  const pipeline = await device.pipeline(shaders.copy, "copy");
  const sizes = [kernel.state.length, kernel.parameters.length];
  const next = blocks.map(({ count }) => sizes.map((columns) => device.storage(columns * count)));
  for (const [i, block] of blocks.entries()) {
    const sources = device.storage(block.count);
    const here = indices.slice(block.first, block.first + block.count);
    device.write(sources, here);
    const groups = Math.ceil(block.count / workgroup);
    const columns = Math.min(groups, device.limits.workgroups);
    for (const { first, count, state, parameters } of blocks) {
      if (!here.some((source) => source >= first && source < first + count)) continue;
      const row = columns * workgroup;
      const span = new Uint32Array([sizes[0], block.count, sizes[1], row, first, count]);
      const buffers = [state, parameters, sources, ...next[i]];
      device.dispatch(pipeline, buffers, span, [columns, Math.ceil(groups / columns)]);
    }
    await device.finished();
    sources.destroy();
  }
  for (const [i, block] of blocks.entries()) {
    block.state.destroy();
    block.parameters.destroy();
    [block.state, block.parameters] = next[i];
  }
}
