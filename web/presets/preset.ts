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
  /** What is worth moving while it runs. */
  readonly knobs: readonly Knob[];
  /** It is of a state that lasts: once a run is over another goes on from where it ended. */
  readonly lasts?: true;
}

/** A number of the experiment and the ends of its slider. */
export interface Knob {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}
