import type { Preset } from "./preset.ts";

export const driven: Preset = {
  id: "driven",
  title: "Driven steady state, tilted polarizer",
  physics:
    "A polarizer that is not along the easy axis drives the ensemble into a steady state out of equilibrium: probability circulates, entropy is produced steadily, and no Boltzmann factor describes the density.",
  tab: "landscape",
  experiment: {
    name: "driven steady state",
    magnet: { Ms: 8e5, volume: 2.6e-25, alpha: 0.2, temperature: 300 },
    energies: [{ type: "uniaxial", Ku1: 4e4, anisU: [0, 0, 1] }],
    torques: [{ type: "spinTransfer", dampingLike: 0.015, fieldLike: 0.006, polarizer: [0.766, 0, 0.643] }],
    initial: { type: "boltzmann" },
    time: { duration: 6e-9 },
    observables: [{ type: "entropyProduction", times: 10 }],
  },
  // the polarizer is in the plane of x and z
  from: { azimuth: -20, elevation: 30 },
  knobs: [
    { path: "torques.0.dampingLike", from: -0.03, to: 0.03 },
    { path: "torques.0.fieldLike", from: -0.02, to: 0.02 },
    { path: "magnet.temperature", from: 150, to: 600 },
  ],
  lasts: true,
};
