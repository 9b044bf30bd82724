import type { Preset } from "./preset.ts";

/** What came in as a file: it is named by itself, and a link holds all of it. */
export const own: Preset = {
  id: "own",
  title: "Your own experiment",
  physics: "",
  tab: "distribution",
  experiment: {},
  from: { azimuth: 43, elevation: 20 },
  knobs: [],
};
