import type { Preset } from "./preset.ts";

export const neelBrown: Preset = {
  id: "neel-brown",
  title: "Néel–Brown relaxation",
  physics:
    "All spins start at the north pole of a uniaxial magnet with a barrier of four kT; heat carries them over the equator one by one, and ⟨mz⟩ decays at the slowest rate of the Fokker–Planck operator.",
  tab: "distribution",
  experiment: {
    name: "Néel–Brown relaxation",
    magnet: { Ms: 8e5, volume: 4.14e-25, alpha: 0.1, temperature: 300 },
    energies: [{ type: "uniaxial", Ku1: 4e4, anisU: [0, 0, 1] }],
    initial: { type: "direction", m: [0, 0, 1] },
    time: { duration: 6e-8 },
    observables: [{ type: "firstPassage", until: "mz < -0.5" }],
  },
  // the well that spins start in is in sight, and the way over the equator
  from: { azimuth: 43, elevation: 20 },
  knobs: [
    { path: "energies.0.Ku1", from: 2e4, to: 8e4 },
    { path: "magnet.alpha", from: 0.02, to: 1 },
    { path: "magnet.temperature", from: 150, to: 600 },
  ],
};
