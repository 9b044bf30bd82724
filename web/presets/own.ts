import type { Preset } from "./preset.ts";

/** An experiment from a file: it has its own name, and a link contains all of it. */
export const own: Preset = {
  id: "own",
  title: "Your own experiment",
  physics: "",
  tab: "distribution",
  experiment: {},
  from: { azimuth: 43, elevation: 20 },
  knobs: [],
};
