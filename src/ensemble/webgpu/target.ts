import { call } from "../../expression/notation.ts";
import type { Language } from "../../expression/print.ts";
import { wgsl } from "../../expression/wgsl.ts";
import type { PrepareOptions } from "../kernel.ts";
import type { Device } from "./device.ts";

/** What shaders are printed for: a GPU, or a processor that runs shaders. */
export type Target = "gpu" | "processor";

/** A GPU multiplies and adds in one instruction; a processor that waits for each link of a chain does better without. */
export const languageFor = (target: Target): Language =>
  target === "gpu" ? { ...wgsl, fuse: call("fma") } : wgsl;

/** What shaders of a device are printed for, unless options say otherwise. */
export const targetOf = (device: Device, { printedFor }: PrepareOptions = {}): Target =>
  printedFor ?? (device.description.software ? "processor" : "gpu");
