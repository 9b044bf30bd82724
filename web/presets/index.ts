import { driven } from "./driven.ts";
import { neelBrown } from "./neel-brown.ts";
import { own } from "./own.ts";
import type { Preset } from "./preset.ts";
import { probabilisticBit } from "./probabilistic-bit.ts";
import { resonance } from "./resonance.ts";
import { stack } from "./stack.ts";
import { twoLevel } from "./two-level.ts";
import { writePulse } from "./write-pulse.ts";

export { own } from "./own.ts";
export type { Preset } from "./preset.ts";

/** The catalogue of presets: a new one is a file here and a name in this list. */
export const presets: readonly Preset[] = [
  neelBrown,
  probabilisticBit,
  writePulse,
  driven,
  twoLevel,
  resonance,
  stack,
];

/** A preset of the list, or what stands for experiments from files. */
export const presetOf = (id: string): Preset | undefined =>
  [...presets, own].find((preset) => preset.id === id);
