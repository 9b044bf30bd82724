import type { Kernel } from "../kernel.ts";
import type { Block } from "./block.ts";
import type { Device, DeviceBuffer } from "./device.ts";

/** State variables of the first `count` spins, one array per variable, wherever spins were moved to. */
export async function readState(
  device: Device,
  kernel: Kernel,
  blocks: readonly Block[],
  count: number,
): Promise<Float64Array[]> {
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
}
