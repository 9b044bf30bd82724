import experiment from "../../examples/page/probabilistic-bit.json" with { type: "json" };
import type { Preset } from "./preset.ts";

export const probabilisticBit: Preset = {
  id: "p-bit",
  title: "Superparamagnetic junction (p-bit)",
  physics:
    "A tunnel junction with a free layer of three kT flips at random in nanoseconds; a field of a few millitesla tunes how often it reads 1, which is what a probabilistic bit computes with.",
  tab: "fluctuation",
  experiment,
  // both wells are near the rim, the saddle between them is in the middle
  from: { azimuth: 43, elevation: 14 },
  knobs: [
    { path: "energies.1.B_ext.2", from: -0.02, to: 0.02 },
    { path: "magnet.temperature", from: 150, to: 600 },
    { path: "energies.0.Ku1", from: 2e4, to: 6e4 },
  ],
  lasts: true,
};
