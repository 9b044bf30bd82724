import type { Parameters } from "../../src/physics/parameter.ts";

/** The parts of an experiment that belong to no catalogue of physics, described the same way. */
export const timeParameters = {
  duration: { kind: "number", unit: "s", meaning: "duration of the run", above: 0 },
  step: {
    kind: "number",
    unit: "s",
    meaning: "time step; without one the program chooses it",
    above: 0,
    optional: true,
  },
  integrator: {
    kind: "choice",
    unit: "",
    meaning: "time-stepping scheme",
    choices: ["auto", "splitting", "magnus", "heun", "semi-implicit", "implicit-midpoint"],
  },
  variates: {
    kind: "choice",
    unit: "",
    meaning: "law of the noise",
    choices: ["auto", "dyadic", "gaussian"],
  },
} as const satisfies Parameters;

export const readoutParameters = {
  parallel: { kind: "number", unit: "Ω", meaning: "resistance with m along the reference" },
  antiparallel: { kind: "number", unit: "Ω", meaning: "resistance with m against it" },
  reference: { kind: "direction", unit: "", meaning: "direction of the reference layer" },
} as const satisfies Parameters;

export const generalParameters = {
  compare: {
    kind: "choice",
    unit: "",
    meaning: "what the run is held against",
    choices: ["fokker-planck", "none"],
  },
  seed: { kind: "integer", unit: "1", meaning: "seed of the random numbers", minimum: 0 },
} as const satisfies Parameters;

export const initialKinds = [
  { type: "direction", title: "every spin along m" },
  { type: "uniform", title: "evenly over the sphere" },
  { type: "boltzmann", title: "thermal equilibrium, torques off" },
  { type: "well", title: "equilibrium within the well that holds m" },
] as const;
