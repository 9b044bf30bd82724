import type { Kernel } from "../kernel.ts";
import type { Block } from "./block.ts";
import type { Device, DeviceBuffer } from "./device.ts";

/** Some state variables of the first `count` spins, one array per variable, in the order of spin numbers. */
export async function readState(
  device: Device,
  kernel: Kernel,
  blocks: readonly Block[],
  count: number,
  which: readonly number[],
): Promise<Float64Array[]> {
  const columns = which.map(() => new Float64Array(Math.min(count, kernel.spins)));
  // queue all copies before waiting for the first: one wait takes as long as many copies
  const read = async (block: Block): Promise<void> => {
    const wanted = Math.min(block.count, count - block.first);
    const held = kernel.finished ? block.count : wanted;
    const values = async (buffer: DeviceBuffer, column: number): Promise<Float32Array> =>
      new Float32Array(await device.read(buffer, held, column * block.count));
    const numbering = kernel.finished && values(block.parameters, kernel.parameters.length);
    const [numbers, ...states] = await Promise.all([
      numbering,
      ...which.map((variable) => values(block.state, variable)),
    ]);
    for (const [i, column] of columns.entries()) {
      const found = states[i];
      if (!numbers) column.set(found, block.first);
      else
        found.forEach((value, place) => {
          if (numbers[place] < wanted) column[block.first + numbers[place]] = value;
        });
    }
  };
  await Promise.all(blocks.filter(({ first }) => first < count).map(read));
  return columns;
}
