import { compareChoices, integratorChoices, variateChoices } from "../../src/experiment/choices.ts";
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
    choices: integratorChoices,
  },
  variates: {
    kind: "choice",
    unit: "",
    meaning: "law of the noise",
    choices: variateChoices,
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
    meaning: "what the run is compared with",
    choices: compareChoices,
  },
  seed: { kind: "integer", unit: "1", meaning: "seed of the random numbers", minimum: 0 },
} as const satisfies Parameters;
