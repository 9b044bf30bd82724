import { heun } from "./heun.ts";
import { implicitMidpoint, semiImplicit } from "./implicit.ts";
import type { Integrator } from "./integrator.ts";
import { magnus } from "./magnus.ts";
import { splitting } from "./splitting.ts";

/** The catalogue of time-stepping schemes, by name; the first is the default. */
const list = {
  splitting,
  magnus,
  heun,
  "semi-implicit": semiImplicit,
  "implicit-midpoint": implicitMidpoint,
} as const;
export type IntegratorName = keyof typeof list;

export const integrators: Readonly<Record<string, Integrator>> = list;

/** The default scheme, and the one whose drift is of fourth order, for spins whose phases matter. */
export const plainScheme = splitting.name;
export const phaseScheme = magnus.name;

export type { Integrator, Scheme } from "./integrator.ts";
