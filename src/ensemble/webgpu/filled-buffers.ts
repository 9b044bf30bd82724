import { inPieces } from "../initial/pieces.ts";
import type { Filling, Kernel } from "../kernel.ts";
import type { Device, DeviceBuffer } from "./device.ts";
import type { DrawnStart } from "./drawn-start.ts";

/** Words that are written at a time. */
const wordsPerWrite = 1 << 20;

/**
 * State and parameters of spins [first, first + count), column after column; if spins can finish, their numbers in the block are a
 * parameter.
 */
export async function filledBuffers(
  device: Device,
  kernel: Kernel,
  filling: Filling,
  first: number,
  count: number,
  drawn?: DrawnStart,
): Promise<{ state: DeviceBuffer; parameters: DeviceBuffer }> {
  const columns = kernel.parameters.length + (kernel.finished ? 1 : 0);
  const state = device.storage(kernel.state.length * count);
  const parameters = device.storage(columns * count);
  const put = (buffer: DeviceBuffer, values: readonly Float64Array[], place: number): void =>
    values.forEach((column, i) => {
      device.write(buffer, new Float32Array(column), (i * count + place) * 4);
    });
  try {
    if (drawn) await drawn.draw({ state, parameters, first, count, at: 0, spins: count });
    else
      await inPieces(filling, first, count, (place, piece) => {
        put(state, piece.state, place);
        put(parameters, piece.parameters, place);
      });
  } catch (error) {
    state.destroy();
    parameters.destroy();
    throw error;
  }
  // the numbers of the spins in their block, which float32 holds exactly
  for (let place = 0; kernel.finished && place < count; place += wordsPerWrite) {
    const length = Math.min(wordsPerWrite, count - place);
    const numbers = Float32Array.from({ length }, (_, i) => place + i);
    device.write(parameters, numbers, (kernel.parameters.length * count + place) * 4);
  }
  return { state, parameters };
}
