import experiment from "../../examples/page/driven.json" with { type: "json" };
import type { Preset } from "./preset.ts";

export const driven: Preset = {
  id: "driven",
  title: "Driven steady state, tilted polarizer",
  physics:
    "A polarizer that is not along the easy axis drives the ensemble into a steady state out of equilibrium: probability circulates, entropy is produced steadily, and no Boltzmann factor describes the density.",
  tab: "landscape",
  experiment,
  // the polarizer is in the plane of x and z
  from: { azimuth: -20, elevation: 30 },
  knobs: [
    { path: "torques.0.dampingLike", from: -0.03, to: 0.03 },
    { path: "torques.0.fieldLike", from: -0.02, to: 0.02 },
    { path: "magnet.temperature", from: 150, to: 600 },
  ],
  lasts: true,
};
