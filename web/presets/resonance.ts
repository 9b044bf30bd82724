import type { Preset } from "./preset.ts";

export const resonance: Preset = {
  id: "resonance",
  title: "Thermal resonance spectrum",
  physics:
    "Heat alone makes a magnet precess about its field: the spectrum of my peaks at the resonance γ(B + B_K)/2π near 4 GHz, with a width set by the damping. No microwave is applied.",
  tab: "fluctuation",
  experiment: {
    name: "thermal resonance",
    magnet: { Ms: 8e5, volume: 4.14e-24, alpha: 0.02, temperature: 300 },
    energies: [
      { type: "uniaxial", Ku1: 4e4, anisU: [1, 0, 0] },
      { type: "zeeman", B_ext: [0.05, 0, 0] },
    ],
    initial: { type: "boltzmann" },
    time: { duration: 2e-8 },
    observables: [
      { type: "spectrum", of: "my", sampleEvery: 4e-11 },
      { type: "trajectory", spins: 1, every: 2e-11 },
    ],
  },
  // the well is along x
  from: { azimuth: 35, elevation: 20 },
  knobs: [
    { path: "energies.1.B_ext.0", from: 0, to: 0.2 },
    { path: "magnet.alpha", from: 0.005, to: 0.1 },
  ],
  lasts: true,
};
