import { integrators, phaseScheme, plainScheme } from "../integrators/index.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import { dyadicTailShift } from "./dyadic-tails.ts";
import { startsNearRim } from "./near-rim.ts";
import type { ObservableSpecs } from "./observable-spec.ts";
import type { Problem } from "./problem.ts";
import type { CompletedExperiment } from "./schema.ts";
import { startsInEquilibrium } from "./starts-in-equilibrium.ts";

/** Whether an experiment has an observable of phases, or of crossings of thresholds. */
export const observes = (
  specs: ObservableSpecs,
  { observables }: { readonly observables: readonly { readonly type: string }[] },
  what: "phases" | "crossings",
): boolean => observables.some(({ type }) => specs[type].observes === what);

/**
 * The scheme of `integrator: auto`: the one with correct phases if phases matter. They always matter in spectra and trajectories. In
 * other observables they matter unless the ensemble is stationary from the start.
 */
export function schemeOf(
  specs: ObservableSpecs,
  experiment: Pick<CompletedExperiment, "time" | "torques" | "observables">,
  dynamics: Dynamics,
  initial: InitialLaw,
): string {
  if (experiment.time.integrator !== "auto") return experiment.time.integrator;
  return startsInEquilibrium({ initial, dynamics, experiment }) && !observes(specs, experiment, "phases")
    ? plainScheme
    : phaseScheme;
}

/**
 * Steps after which a histogram cannot distinguish sums of dyadic variates from a density. A variate takes four values, so after a start
 * in one direction the first few steps lead to points of a lattice. Measured with 64 bins and 10⁵ spins: p-values are uniform after 12
 * steps.
 */
const stepsToDensity = 32;

/** Relative shift of rates that the promise on the bias allows in any run: the floor in statistics/promised-bias.ts. */
const visibleShift = 1e-3;

/**
 * The noise of `variates: auto`. It is dyadic, except in three cases, in which it is Gaussian: a density is recorded soon after a start
 * in one direction; spins reach the rim of a set soon after any start; crossings are detected and barriers are so high that dyadic
 * variates shift the rate of escape.
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
 * The default step. Crossings are checked for once a step, so with such observables a scheme for longer steps uses the step of the plain
 * scheme.
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
