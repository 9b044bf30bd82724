import type { Plain } from "../values/difference.ts";
import type { MapAsked, Preset } from "./preset.ts";

/** One step of a story: an experiment, where to look, and what is seen there. */
export interface StoryStep {
  readonly title: string;
  readonly text: string;
  readonly preset: Preset;
  /** Numbers of the preset that are set otherwise, by path. */
  readonly changes?: Readonly<Record<string, Plain>>;
  readonly tab: Preset["tab"];
  readonly map?: MapAsked;
}

/** A question that is answered step by step. */
export interface Story {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly StoryStep[];
}
