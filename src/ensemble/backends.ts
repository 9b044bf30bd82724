import { about as gpujs } from "./gpujs/about.ts";
import { about as reference } from "./reference/about.ts";
import { about as wasm } from "./wasm/about.ts";
import { about as webgpu } from "./webgpu/about.ts";

/** The list of backends, by name: a new one is a folder here and a name in this list. Its code is loaded by that name where it runs. */
export const aboutBackends = { webgpu, wasm, gpujs, reference } as const;

export type BackendName = keyof typeof aboutBackends;

export const backendNames = Object.keys(aboutBackends) as BackendName[];

/** Whether spins are certain to stay on a device; `auto` may or may not find one. */
export const ownsDevice = (name: BackendName | "auto" | undefined): boolean =>
  name !== undefined && name !== "auto" && aboutBackends[name].ownsDevice;

/** Shortest time, s, of a spin-step on the given backend; on the fastest if none is given. */
export const leastSecondsOn = (name: BackendName | "auto" | undefined): number =>
  name === undefined || name === "auto"
    ? Math.min(...backendNames.map((one) => aboutBackends[one].leastSeconds))
    : aboutBackends[name].leastSeconds;
