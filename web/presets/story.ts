import type { Plain } from "../values/difference.ts";
import type { MapAsked, Preset } from "./preset.ts";

/** One step of a story: an experiment, the tab and panel to show, and their explanation. */
export interface StoryStep {
  readonly title: string;
  readonly text: string;
  readonly preset: Preset;
  /** Changed numbers of the preset, by path. */
  readonly changes?: Readonly<Record<string, Plain>>;
  readonly tab: Preset["tab"];
  readonly map?: MapAsked;
}

/** A story that answers a question step by step. */
export interface Story {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly StoryStep[];
}
