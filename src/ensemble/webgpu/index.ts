import type { Backend } from "../kernel.ts";
import { Device, describeAdapter } from "./device.ts";
import { prepareEnsemble } from "./ensemble.ts";

let opened: Promise<Device> | undefined;

/** Any WebGPU: Dawn in Node and Chromium, wgpu in Deno and Firefox. Float32; state stays on the device. */
export const webgpu: Backend = {
  name: "webgpu",
  async probe() {
    try {
      return { available: true, ...(await describeAdapter()) };
    } catch (error) {
      return { available: false, reason: error instanceof Error ? error.message : String(error) };
    }
  },
  async prepare(kernel, filling, options) {
    // a device that was lost never comes back: the next ensemble gets another
    if (opened && (await opened).isLost) opened = undefined;
    opened ??= Device.open();
    try {
      return await prepareEnsemble(await opened, kernel, filling, options);
    } catch (error) {
      if (error instanceof Error && error.name === "DeviceLostError") opened = undefined;
      throw error;
    }
  },
};

/** Drops the device, so that a later ensemble opens a fresh one. */
export async function closeDevice(): Promise<void> {
  const device = await opened;
  opened = undefined;
  device?.close();
}
