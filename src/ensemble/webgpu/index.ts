import type { Backend } from "../kernel.ts";
import { about } from "./about.ts";
import { Device, describeAdapter } from "./device.ts";
import { prepareEnsemble } from "./ensemble.ts";
import { prepareGroups } from "./groups.ts";

let opened: Promise<Device> | undefined;

/** Prepares something on the device; opens the device if needed. */
async function onDevice<T>(prepare: (device: Device) => Promise<T>): Promise<T> {
  // a lost device stays lost: the next ensemble gets a new one
  if (opened && (await opened).isLost) opened = undefined;
  opened ??= Device.open();
  try {
    return await prepare(await opened);
  } catch (error) {
    if (error instanceof Error && error.name === "DeviceLostError") opened = undefined;
    throw error;
  }
}

/** Any WebGPU: Dawn in Node and Chromium, wgpu in Deno and Firefox. Float32; state stays on the device. */
export const webgpu: Backend = {
  ...about,
  async probe() {
    try {
      return { available: true, ...(await describeAdapter()) };
    } catch (error) {
      return { available: false, reason: error instanceof Error ? error.message : String(error) };
    }
  },
  prepare: (kernel, filling, options) =>
    onDevice((device) => prepareEnsemble(device, kernel, filling, options)),
  prepareGroups: (kernel, groups, options) =>
    onDevice((device) => prepareGroups(device, kernel, groups, options)),
};

/** Closes the device; a later ensemble opens a new one. */
export async function closeDevice(): Promise<void> {
  const device = await opened;
  opened = undefined;
  device?.close();
}
