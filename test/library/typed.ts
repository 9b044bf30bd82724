import { type Experiment, energy, math, run, torque, type WrittenEntry } from "../../src/index.ts";

/* Checked by the compiler alone: what must compile, and what must not. */

export const sound: Experiment = {
  magnet: { delta: 4, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: { sine: { amplitude: 1, frequency: 1 } }, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0, "0.1*t", { mean: 0.1, deviation: 0.01 }] },
  ],
  torques: [{ type: "spinTransfer", dampingLike: 0.1 }],
  initial: { type: "direction", m: [0, 0, 1] },
  time: { duration: 50, integrator: "splitting" },
  observables: [
    { type: "moments" },
    { type: "histogram", of: "mz", bins: 8, times: [10, 50] },
    { type: "firstPassage", until: "mz < 0" },
  ],
};
const tilt = energy({
  type: "tilt",
  title: "a tilt",
  source: "this test",
  parameters: { slope: { kind: "scalar", unit: "J/m³", meaning: "slope" } },
  contribution: ({ slope }) => math.mul(slope, math.m[0]),
});
const twist = torque({
  type: "twist",
  title: "a twist",
  source: "this test",
  parameters: { strength: { kind: "scalar", unit: "T", meaning: "strength" } },
  contribution: ({ strength }) => ({
    polarizer: [math.constant(0), math.constant(0), math.constant(1)],
    dampingLike: () => strength,
    fieldLike: () => math.constant(0),
  }),
});
type Tilt = WrittenEntry<typeof tilt>;

export const compiles = (): unknown[] => [
  run(sound),
  run<Tilt>({ ...sound, energies: [{ type: "tilt", slope: 3 }] }),
  // own entries of several kinds beside those of the catalogue, and an own drive
  run<Tilt | WrittenEntry<typeof twist> | { type: "mean"; of: string }, { bell: { height: number } }>({
    ...sound,
    energies: [
      { type: "zeeman", B_ext: [0, 0, { bell: { height: 0.1 } }] },
      { type: "tilt", slope: 3 },
    ],
    torques: [
      { type: "spinTransfer", dampingLike: 0.1 },
      { type: "twist", strength: 0.1 },
    ],
    observables: [{ type: "moments" }, { type: "mean", of: "mz" }],
  }),
  run({
    ...sound,
    energies: [{ type: "uniaxial", Ku1: 1, anisU: { distribution: "isotropic" } }],
  }),
  // @ts-expect-error no such distribution of directions
  run({ ...sound, energies: [{ type: "uniaxial", Ku1: 1, anisU: { distribution: "isotropical" } }] }),
  // @ts-expect-error a magnet in SI units and in reduced ones at once
  run({ ...sound, magnet: { delta: 4, alpha: 0.1, Ms: 8e5 } }),
  // @ts-expect-error no such key, and no magnet
  run({ magnetz: 1 }),
  // @ts-expect-error no such key
  run({ ...sound, magnetz: 1 }),
  // @ts-expect-error no time
  run({ magnet: { delta: 4, alpha: 0.1 } }),
  // @ts-expect-error no such energy
  run({ ...sound, energies: [{ type: "uniaxal", Ku1: 1 }] }),
  // @ts-expect-error no such parameter
  run({ ...sound, energies: [{ type: "uniaxial", Kul: 1 }] }),
  // @ts-expect-error no such drive
  run({ ...sound, energies: [{ type: "uniaxial", Ku1: { sinus: { amplitude: 1, frequency: 1 } } }] }),
  // @ts-expect-error no such key of an observable
  run({ ...sound, observables: [{ type: "moments", timez: 3 }] }),
  // @ts-expect-error nor of another one
  run({ ...sound, observables: [{ type: "cycle", period: 1, phasez: 32 }] }),
  // @ts-expect-error no such scheme
  run({ ...sound, time: { duration: 50, integrator: "splittin" } }),
  // @ts-expect-error no such word of a choice
  run({ ...sound, torques: [{ type: "expression", torque: ["0", "0", "0"], form: "gilbrt" }] }),
  // @ts-expect-error two components are no direction
  run({ ...sound, initial: { type: "direction", m: [0, 1] } }),
  // @ts-expect-error a torque is no energy
  run({ ...sound, energies: [{ type: "spinTransfer", dampingLike: 0.1 }] }),
  // @ts-expect-error an own energy must be announced
  run({ ...sound, energies: [{ type: "tilt", slope: 3 }] }),
  // @ts-expect-error an own energy has its own parameters
  run<Tilt>({ ...sound, energies: [{ type: "tilt", slop: 3 }] }),
];
