import experiment from "../../examples/page/two-level.json" with { type: "json" };
import type { Preset } from "./preset.ts";

export const twoLevel: Preset = {
  id: "two-level",
  title: "Two-level fluctuation against current",
  physics:
    "A spin torque along the axis lowers one barrier and raises the other, Δ(1 ∓ a/a_c)²: the ratio of the dwell times grows exponentially with the current. Change the torque and watch the telegraph noise become asymmetric.",
  tab: "fluctuation",
  experiment,
  // both wells are near the rim, the saddle between them is in the middle
  from: { azimuth: 43, elevation: 14 },
  knobs: [
    { path: "torques.0.dampingLike", from: -0.005, to: 0.005 },
    { path: "energies.0.Ku1", from: 2e4, to: 6e4 },
    { path: "magnet.temperature", from: 150, to: 600 },
  ],
  lasts: true,
};
