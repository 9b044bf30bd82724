import type { Preset } from "./preset.ts";

export const probabilisticBit: Preset = {
  id: "p-bit",
  title: "Superparamagnetic junction (p-bit)",
  physics:
    "A tunnel junction with a free layer of three kT flips at random in nanoseconds; a field of a few millitesla tunes how often it reads 1, which is what a probabilistic bit computes with.",
  tab: "fluctuation",
  experiment: {
    name: "superparamagnetic junction",
    magnet: { Ms: 8e5, volume: 3.1e-25, alpha: 0.1, temperature: 300 },
    energies: [
      { type: "uniaxial", Ku1: 4e4, anisU: [0, 0, 1] },
      { type: "zeeman", B_ext: [0, 0, 0.004] },
    ],
    initial: { type: "boltzmann" },
    time: { duration: 1e-7 },
    readout: { parallel: 5000, antiparallel: 10000, reference: [0, 0, 1] },
    observables: [
      { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
      { type: "trajectory", spins: 2, every: 2e-10 },
      { type: "histogram", of: "resistance", bins: 50 },
    ],
  },
  // both wells are near the rim, the saddle between them is in the middle
  from: { azimuth: 43, elevation: 14 },
  knobs: [
    { path: "energies.1.B_ext.2", from: -0.02, to: 0.02 },
    { path: "magnet.temperature", from: 150, to: 600 },
    { path: "energies.0.Ku1", from: 2e4, to: 6e4 },
  ],
  lasts: true,
};
