import { integrators } from "../integrators/index.ts";

/* What an experiment chooses from, once for schema, docs and the page's form. */

/** Where the ensemble starts. */
export const initialKinds = {
  direction: { title: "every spin along m" },
  uniform: { title: "evenly over the sphere" },
  boltzmann: { title: "thermal equilibrium of the energy at t = 0, torques off" },
  well: {
    title: "thermal equilibrium within one well: the steepest-descent basin that contains m",
  },
} as const;

/** Time-stepping schemes; `auto` takes splitting, or magnus where phases matter. */
export const integratorChoices: readonly [string, ...string[]] = ["auto", ...Object.keys(integrators)];

/** Laws of the noise; `auto` takes dyadic, but gaussian for densities soon after a sharp start. */
export const variateChoices = ["auto", "dyadic", "gaussian"] as const;

/** What a run is compared with. */
export const compareChoices = ["fokker-planck", "none"] as const;
