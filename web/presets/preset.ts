import type { PlainObject } from "../values/difference.ts";

/** An experiment to begin with. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence of physics. */
  readonly physics: string;
  /** The tab that shows it best. */
  readonly tab: "distribution" | "switching" | "fluctuation" | "stack" | "landscape";
  readonly experiment: PlainObject;
}
