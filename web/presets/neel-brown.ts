import experiment from "../../examples/page/neel-brown.json" with { type: "json" };
import type { Preset } from "./preset.ts";

export const neelBrown: Preset = {
  id: "neel-brown",
  title: "Néel–Brown relaxation",
  physics:
    "All spins start at the north pole of a uniaxial magnet with a barrier of four kT; heat carries them over the equator one by one, and ⟨mz⟩ decays at the slowest rate of the Fokker–Planck operator.",
  tab: "distribution",
  experiment,
  // the well that spins start in is in sight, and the way over the equator
  from: { azimuth: 43, elevation: 20 },
  knobs: [
    { path: "energies.0.Ku1", from: 2e4, to: 8e4 },
    { path: "magnet.alpha", from: 0.02, to: 1 },
    { path: "magnet.temperature", from: 150, to: 600 },
  ],
};
