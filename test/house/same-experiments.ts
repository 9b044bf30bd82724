/** Experiments that ask for every kind of observable, in reduced units and with a readout. */
const junction = {
  magnet: { delta: 4, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0, 0, 0.05] },
  ],
  seed: 5,
} as const;

export const everyObservable: Record<string, unknown> = {
  ...junction,
  name: "every observable",
  torques: [{ type: "spinTransfer", dampingLike: 0.01, fieldLike: 0.005, polarizer: [0, 0, 1] }],
  readout: { parallel: 1000, antiparallel: 2000, reference: [0, 0, 1] },
  time: { duration: 400 },
  observables: [
    { type: "moments", times: 4 },
    { type: "histogram", of: "mz", bins: 16, times: [100, 400] },
    { type: "histogram", of: "map", bins: [4, 4], times: 1 },
    { type: "histogram", of: "resistance", bins: 8, times: 1 },
    { type: "histogram", of: "phi", bins: 8, every: 4 },
    { type: "firstPassage", until: "mz < -0.5" },
    { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
    { type: "spectrum", of: "mz", sampleEvery: 1 },
    { type: "trajectory", spins: 2, every: 4 },
    { type: "entropyProduction", times: 4 },
  ],
};

export const sameObservablesTwice: Record<string, unknown> = {
  ...junction,
  name: "the same observables twice",
  initial: { type: "boltzmann" },
  time: { duration: 300 },
  observables: [
    { type: "moments", times: [100, 300] },
    { type: "moments", times: [200] },
    { type: "firstPassage", until: "mz < -0.5" },
    { type: "firstPassage", until: "mz < -0.7" },
    { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
    { type: "dwell", name: "wide", up: "mz > 0.7", down: "mz < -0.7" },
    { type: "spectrum", of: "mz", sampleEvery: 2 },
    { type: "spectrum", of: "mx", sampleEvery: 2 },
  ],
};
