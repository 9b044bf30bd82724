import type { Kernel } from "../kernel.ts";
import type { Block } from "./block.ts";
import { compactShader } from "./compact-shader.ts";
import type { Device } from "./device.ts";
import { gridFor, workgroupSize } from "./grid.ts";

/** Moves the unfinished spins of a block together. */
export async function compact(device: Device, kernel: Kernel, block: Block): Promise<void> {
  const { spare } = block;
  if (!spare) return;
  const pipeline = await device.pipeline(compactShader(kernel), "compact");
  const placed = device.storage(2);
  const [columns, rows] = gridFor(device, block.count);
  const sizes = [kernel.state.length, block.count, kernel.parameters.length + 1, columns * workgroupSize];
  const buffers = [block.state, block.parameters, placed, spare.state, spare.parameters];
  device.dispatch(pipeline, buffers, new Uint32Array(sizes), [columns, rows]);
  const [active] = new Uint32Array(await device.read(placed, 2));
  placed.destroy();
  block.spare = { state: block.state, parameters: block.parameters };
  [block.state, block.parameters] = [spare.state, spare.parameters];
  // the streams are not moved: the next dispatch seeds its own
  block.streamsAt = -1;
  block.patience = active > 0.9 * block.active ? Math.min(2 * block.patience, 64) : 1;
  block.active = active;
}
