import experiment from "../../examples/page/write-pulse.json" with { type: "json" };
import type { Preset } from "./preset.ts";

export const writePulse: Preset = {
  id: "write-pulse",
  title: "Write pulse and error rate",
  physics:
    "A current pulse of twice the critical torque writes a bit with a barrier of 20 kT; the spins that stand too close to the easy axis when it begins feel no torque and are left behind: the write error.",
  tab: "switching",
  experiment,
  // spins that are left behind stand in the upper well
  from: { azimuth: 43, elevation: 35 },
  knobs: [
    { path: "torques.0.dampingLike.pulse.amplitude", from: 0.02, to: 0.1 },
    { path: "torques.0.dampingLike.pulse.length", from: 4e-10, to: 2.4e-9 },
    { path: "magnet.alpha", from: 0.01, to: 0.2 },
  ],
};
