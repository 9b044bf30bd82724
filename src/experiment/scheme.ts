import { variablesOf } from "../expression/expression.ts";
import { integrators, phaseScheme, plainScheme } from "../integrators/index.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import { dyadicTailShift } from "./dyadic-tails.ts";
import { startsNearRim } from "./near-rim.ts";
import type { ObservableSpecs } from "./observable-spec.ts";
import type { Problem } from "./problem.ts";
import type { CompletedExperiment } from "./schema.ts";

/** Whether an experiment has an observable that depends on phases, or at crossings of thresholds. */
export const observes = (
  specs: ObservableSpecs,
  { observables }: { readonly observables: readonly { readonly type: string }[] },
  what: "phases" | "crossings",
): boolean => observables.some(({ type }) => specs[type].observes === what);

/**
 * What `integrator: auto` is: the scheme whose phases are right where phases show. They show in spectra and trajectories always,
 * elsewhere unless the ensemble is stationary from the start: Boltzmann's law, without torques, and nothing that changes.
 */
export function schemeOf(
  specs: ObservableSpecs,
  experiment: Pick<CompletedExperiment, "time" | "torques" | "observables">,
  { psi, omega, diffusion }: Dynamics,
  initial: InitialLaw,
): string {
  const { time, torques } = experiment;
  if (time.integrator !== "auto") return time.integrator;
  const rests =
    "isEquilibrium" in initial && torques.length === 0 && !variablesOf(psi, omega, diffusion).has("t");
  return rests && !observes(specs, experiment, "phases") ? plainScheme : phaseScheme;
}

/**
 * Steps after which a sum of dyadic variates is a density to a histogram: they take four values, and what a spin that began in one
 * direction has gone is a sum on a lattice. Measured, 64 bins and 10⁵ spins, p-values are uniform after 12 steps.
 */
const stepsToDensity = 32;

/** Relative shift of rates that no ensemble is promised to be spared, the floor of statistics/promised-bias.ts. */
const visibleShift = 1e-3;

/**
 * What `variates: auto` is: dyadic, but Gaussian where the law of the first few steps shows: where a density is recorded soon after a
 * start in one direction, or the rim of a set is met soon after any start; and where crossings are detected and escapes are so deep
 * that dyadic variates shift their rate.
 */
export function variatesOf(
  specs: ObservableSpecs,
  problem: Omit<Problem, "variates">,
): "dyadic" | "gaussian" {
  const { variates } = problem.experiment.time;
  if (variates !== "auto") return variates;
  const isSharp = "direction" in problem.initial;
  const isEarly = problem.observables.some(
    ({ binning, steps, until }) =>
      (isSharp && binning && steps?.some((step) => step > 0 && step < stepsToDensity)) ||
      (until && startsNearRim(problem, until)),
  );
  const isDeep = (): boolean =>
    observes(specs, problem, "crossings") && dyadicTailShift(problem) > visibleShift;
  return isEarly || isDeep() ? "gaussian" : "dyadic";
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
  (observes(specs, experiment, "crossings")
    ? Math.min(1, integrators[plainScheme].stepLimit / integrators[scheme].stepLimit)
    : 1);
