import type { Kernel } from "../kernel.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Device, DeviceBuffer } from "./device.ts";

interface Held {
  readonly first: number;
  readonly count: number;
  readonly state: DeviceBuffer;
  readonly parameters: DeviceBuffer;
}

/** State and parameters of every spin, in the order of spin numbers. */
export async function columnsOf(
  device: Device,
  kernel: Kernel,
  blocks: readonly Held[],
): Promise<Pick<Snapshot, "state" | "parameters">> {
  const [state, parameters] = [kernel.state, kernel.parameters].map((names) =>
    names.map(() => new Float32Array(kernel.spins)),
  );
  for (const { first, count, ...buffers } of blocks) {
    const values = async (buffer: DeviceBuffer, column: number): Promise<Float32Array> =>
      new Float32Array(await device.read(buffer, count, column * count));
    const numbers = kernel.finished && (await values(buffers.parameters, kernel.parameters.length));
    const fill = async (columns: readonly Float32Array[], buffer: DeviceBuffer): Promise<void> => {
      for (const [k, column] of columns.entries()) {
        const found = await values(buffer, k);
        if (!numbers) column.set(found, first);
        else
          found.forEach((value, place) => {
            column[first + numbers[place]] = value;
          });
      }
    };
    await fill(state, buffers.state);
    await fill(parameters, buffers.parameters);
  }
  return { state, parameters };
}
