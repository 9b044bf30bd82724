import type { PlainObject } from "../values/difference.ts";

/** An experiment to start with. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence of physics. */
  readonly physics: string;
  /** The tab that shows it best. */
  readonly tab: "distribution" | "switching" | "fluctuation" | "stack" | "landscape" | "maps";
  readonly experiment: PlainObject;
  /** Numbers that are worth changing during a run. */
  readonly knobs: readonly Knob[];
  /** Viewpoint of its sphere. */
  readonly from: Viewpoint;
  /** Whether its state lasts: another run then continues from the end of the last one. */
  readonly lasts?: true;
}

/** Direction of the viewpoint, in degrees: the azimuth from x towards y, and the elevation above the xy plane. */
export interface Viewpoint {
  readonly azimuth: number;
  readonly elevation: number;
}

/** A varied number, spaced evenly or by factors. */
export interface MapAxis extends Knob {
  readonly count: number;
  readonly scale?: "log";
}

/** Exact figures over one number of the experiment, or over two. */
export interface MapAsked {
  readonly x: MapAxis;
  readonly y?: MapAxis;
  /** Whether small ensembles run over the exact figures. */
  readonly ensembles?: true;
}

/** A number of the experiment and the ends of its slider. */
export interface Knob {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}
