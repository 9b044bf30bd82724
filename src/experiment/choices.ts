import type { IntegratorName } from "../integrators/index.ts";
import { integrators } from "../integrators/index.ts";

/* The choices in an experiment, listed once for schema, docs and the page's form. */

/** Time-stepping schemes; `auto` takes splitting, or magnus where phases matter. */
export const integratorChoices: readonly ["auto", ...IntegratorName[]] = [
  "auto",
  ...(Object.keys(integrators) as IntegratorName[]),
];

/** Laws of the noise; `auto` takes dyadic, but gaussian for densities soon after a sharp start. */
export const variateChoices = ["auto", "dyadic", "gaussian"] as const;

/** What a run is compared with. */
export const compareChoices = ["fokker-planck", "none"] as const;

/** Whether the exact solution is computed, from the value of `compare`. */
export const isCompared = (compare: (typeof compareChoices)[number]): boolean =>
  compare === compareChoices[0];

/** Why there is no exact solution if the experiment asks for none. */
export const notCompared = `the experiment has compare: ${compareChoices[1]}`;
