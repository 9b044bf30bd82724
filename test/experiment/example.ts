/** The experiment of the contract, as plain data; a fresh copy each time. */
export const contractExample = (): Record<string, unknown> => ({
  name: "superparamagnetic free layer",
  magnet: { Ms: 8.0e5, volume: 4.45e-25, alpha: 0.07, temperature: 300 },
  energies: [
    { type: "uniaxial", Ku1: 4.0e4, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0, 0, 0.012] },
  ],
  torques: [{ type: "spinTransfer", dampingLike: 0.004, fieldLike: 0.002, polarizer: [0.866, 0, 0.5] }],
  initial: { type: "direction", m: [0, 0, 1] },
  ensemble: 1000000,
  seed: 1,
  time: { duration: 2.0e-8, step: "auto", integrator: "splitting" },
  observables: [
    { type: "moments", times: 50 },
    { type: "histogram", of: "mz", bins: 64, times: [1.0e-8, 2.0e-8] },
    { type: "firstPassage", until: "mz < -0.5" },
    { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
    { type: "spectrum", of: "mz", sampleEvery: 1.0e-10 },
    { type: "trajectory", spins: 4, every: 1.0e-11 },
    { type: "entropyProduction", times: 10 },
  ],
  compare: "fokker-planck",
});
