import experiment from "../../examples/page/stack.json" with { type: "json" };
import type { Preset } from "./preset.ts";

export const stack: Preset = {
  id: "stack",
  title: "Spin-accumulation stack",
  physics:
    "A Co/Cu/Co pillar: the current accumulates spins at the interfaces. The free layer absorbs the transverse part of the spin current, which turns it. The torque on the sphere is not assumed but follows from Δμ(z) in the stack.",
  tab: "stack",
  experiment,
  // the well that spins start in is in sight, and the way over the equator
  from: { azimuth: 43, elevation: 20 },
  knobs: [
    { path: "torques.0.stack.currentDensity", from: -3e10, to: 3e10 },
    { path: "energies.0.Ku1", from: 5e3, to: 2e4 },
    { path: "magnet.temperature", from: 150, to: 600 },
  ],
};
