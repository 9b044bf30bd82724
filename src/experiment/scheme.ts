import { variablesOf } from "../expression/expression.ts";
import { integrators } from "../integrators/index.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { ObservableSpecs } from "./observable-spec.ts";
import type { CompletedExperiment } from "./schema.ts";

/** The plain scheme, and that of fourth order in the drift, whose phases are right. */
const plain = "splitting";
const forPhases = "magnus";

/** Whether an experiment has an observable that looks at phases, or at crossings of thresholds. */
export const looksAt = (
  specs: ObservableSpecs,
  { observables }: { readonly observables: readonly { readonly type: string }[] },
  what: "phases" | "crossings",
): boolean => observables.some(({ type }) => specs[type].looksAt === what);

/**
 * What `integrator: auto` is: the scheme whose phases are right where phases show. They show in spectra and trajectories always,
 * elsewhere unless the ensemble is stationary from the start: Boltzmann's law, without torques, and nothing that changes.
 */
export function schemeOf(
  specs: ObservableSpecs,
  experiment: Pick<CompletedExperiment, "time" | "initial" | "torques" | "observables">,
  { psi, omega, diffusion }: Dynamics,
): string {
  const { time, initial, torques } = experiment;
  if (time.integrator !== "auto") return time.integrator;
  const rests =
    initial.type === "boltzmann" && torques.length === 0 && !variablesOf(psi, omega, diffusion).has("t");
  return rests && !looksAt(specs, experiment, "phases") ? plain : forPhases;
}

/**
 * The step of the rule of thumb. Crossings are looked for once a step, so a scheme that is good for longer steps still takes
 * those of the plain one there.
 */
export const ruleStep = (
  specs: ObservableSpecs,
  experiment: Pick<CompletedExperiment, "observables">,
  scheme: string,
  limit: number,
): number =>
  limit *
  (looksAt(specs, experiment, "crossings")
    ? Math.min(1, integrators[plain].stepLimit / integrators[scheme].stepLimit)
    : 1);
