import type { Parameters } from "../physics/parameter.ts";
import { compareChoices, integratorChoices, variateChoices } from "./choices.ts";

/*
 * The keys of an experiment that belong to no catalogue of physics, in the format of the catalogues. Schema and form are made from them.
 */

export const timeParameters = {
  duration: { kind: "number", unit: "s", meaning: "duration of the run", above: 0 },
  step: {
    kind: "number",
    unit: "s",
    meaning: "time step; auto: chosen by the program",
    above: 0,
    optional: true,
  },
  integrator: {
    kind: "choice",
    unit: "",
    meaning: "time-stepping scheme; auto: splitting, or magnus where phases matter",
    choices: integratorChoices,
    default: "auto",
  },
  variates: {
    kind: "choice",
    unit: "",
    meaning:
      "distribution of the random numbers; auto: dyadic, or gaussian where a density is recorded soon after all spins start in one direction",
    choices: variateChoices,
    default: "auto",
  },
} as const satisfies Parameters;

export const readoutParameters = {
  parallel: { kind: "number", unit: "Ω", meaning: "resistance with m along the reference" },
  antiparallel: { kind: "number", unit: "Ω", meaning: "resistance with m opposite to the reference" },
  reference: { kind: "direction", unit: "", meaning: "direction of the reference layer" },
} as const satisfies Parameters;

export const generalParameters = {
  compare: {
    kind: "choice",
    unit: "",
    meaning: `${compareChoices[0]}: compute the exact solution and compare with it; ${compareChoices[1]}: do not`,
    choices: compareChoices,
    default: compareChoices[0],
  },
  seed: {
    kind: "integer",
    unit: "",
    meaning: "seed of the random numbers",
    minimum: 0,
    maximum: 2 ** 32 - 1,
    default: 1,
  },
} as const satisfies Parameters;
