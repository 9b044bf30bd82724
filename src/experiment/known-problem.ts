import type { ObservableSpecs } from "./observable-spec.ts";
import type { Problem } from "./problem.ts";
import type { CompletedExperiment } from "./schema.ts";

/** Problems that the check of an experiment has already reduced, valid as long as the experiment does not change. */
const known = new WeakMap<
  CompletedExperiment,
  { readonly specs: ObservableSpecs; readonly text: string; readonly problem: Problem }
>();

export function keepProblem(specs: ObservableSpecs, problem: Problem): void {
  const { experiment } = problem;
  known.set(experiment, { specs, text: JSON.stringify(experiment), problem });
}

/** The problem of a valid experiment that was reduced before, with the default step; undefined if the experiment has changed since. */
export function knownProblem(specs: ObservableSpecs, experiment: CompletedExperiment): Problem | undefined {
  const found = known.get(experiment);
  return found?.specs === specs && found.text === JSON.stringify(experiment) ? found.problem : undefined;
}
