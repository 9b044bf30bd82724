import { cobaltCopperCobalt, cobaltMagnetization } from "../../src/transport/example-stack.ts";
import type { PlainObject } from "../values/difference.ts";
import type { Preset } from "./preset.ts";

export const stack: Preset = {
  id: "stack",
  title: "Spin-accumulation stack",
  physics:
    "A Co/Cu/Co pillar: the current accumulates spins at the interfaces. The free layer absorbs the transverse part of the spin current, which turns it. The torque on the sphere is not assumed but follows from Δμ(z) in the stack.",
  tab: "stack",
  experiment: {
    name: "spin-accumulation stack",
    magnet: { Ms: cobaltMagnetization, volume: 2.1e-24, alpha: 0.03, temperature: 300 },
    energies: [{ type: "uniaxial", Ku1: 1e4, anisU: [0, 0, 1] }],
    torques: [
      {
        type: "spinAccumulation",
        polarizer: [0, 0, 1],
        strength: 1,
        stack: { ...cobaltCopperCobalt, currentDensity: 1e10 } as unknown as PlainObject,
      },
    ],
    initial: { type: "direction", m: [0, 0, 1] },
    time: { duration: 1.5e-7 },
    observables: [{ type: "firstPassage", until: "mz < -0.5" }],
  },
  // the well that spins start in is in sight, and the way over the equator
  from: { azimuth: 43, elevation: 20 },
  knobs: [
    { path: "torques.0.stack.currentDensity", from: -3e10, to: 3e10 },
    { path: "energies.0.Ku1", from: 5e3, to: 2e4 },
    { path: "magnet.temperature", from: 150, to: 600 },
  ],
};
