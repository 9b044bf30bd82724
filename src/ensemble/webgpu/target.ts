import { call } from "../../expression/notation.ts";
import type { Language } from "../../expression/print.ts";
import { wgsl } from "../../expression/wgsl.ts";
import type { PrepareOptions } from "../kernel.ts";
import type { Device } from "./device.ts";

/** The target for which shaders are printed: a GPU, or a processor that runs shaders. */
export type Target = "gpu" | "processor";

/** A GPU multiplies and adds in one instruction. A processor is faster without, because it waits for each link of a chain. */
export const languageFor = (target: Target): Language =>
  target === "gpu" ? { ...wgsl, fuse: call("fma") } : wgsl;

/** The target of a device's shaders, unless the options say otherwise. */
export const targetOf = (device: Device, { printedFor }: PrepareOptions = {}): Target =>
  printedFor ?? (device.description.software ? "processor" : "gpu");
