import type { PlainObject } from "../values/difference.ts";

/** An experiment to begin with. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence of physics. */
  readonly physics: string;
  /** The tab that shows it best. */
  readonly tab: "distribution" | "switching" | "fluctuation" | "stack" | "landscape" | "maps";
  readonly experiment: PlainObject;
  /** What is worth moving while it runs. */
  readonly knobs: readonly Knob[];
  /** Where its sphere is seen from. */
  readonly from: Viewpoint;
  /** It is of a state that lasts: once a run is over another goes on from where it ended. */
  readonly lasts?: true;
}

/** Where the eye is, in degrees: the azimuth from x towards y, and the elevation above the plane of x and y. */
export interface Viewpoint {
  readonly azimuth: number;
  readonly elevation: number;
}

/** A number that is varied, evenly or by factors. */
export interface MapAxis extends Knob {
  readonly count: number;
  readonly scale?: "log";
}

/** Exact figures over one number of the experiment, or over two. */
export interface MapAsked {
  readonly x: MapAxis;
  readonly y?: MapAxis;
  /** Small ensembles are run over the exact figures. */
  readonly ensembles?: true;
}

/** A number of the experiment and the ends of its slider. */
export interface Knob {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}
