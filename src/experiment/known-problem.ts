import type { ObservableSpecs } from "./observable-spec.ts";
import type { Problem } from "./problem.ts";
import type { CompletedExperiment } from "./schema.ts";

/** What an experiment is used for: an ensemble, which takes steps in time, or the exact side alone, which takes none of these. */
export type Use = "ensemble" | "exact";

/** Problems that the check of an experiment has already reduced, valid as long as the experiment does not change. */
const known = new WeakMap<
  CompletedExperiment,
  { readonly specs: ObservableSpecs; readonly text: string; readonly problem: Problem; readonly use: Use }
>();

export function keepProblem(specs: ObservableSpecs, problem: Problem, use: Use): void {
  const { experiment } = problem;
  known.set(experiment, { specs, text: JSON.stringify(experiment), problem, use });
}

/** The problem of a valid experiment that was reduced before, with the default step; undefined if the experiment has changed since. */
export function knownProblem(specs: ObservableSpecs, experiment: CompletedExperiment): Problem | undefined {
  const found = known.get(experiment);
  return found?.specs === specs && found.text === JSON.stringify(experiment) ? found.problem : undefined;
}

/** Whether an object is a completed experiment that was checked for this use or a stricter one, and has not changed since. `copy` is plain data. */
export function isKnownSound(specs: ObservableSpecs, given: unknown, copy: unknown, use: Use): boolean {
  const found =
    typeof given === "object" && given !== null ? known.get(given as CompletedExperiment) : undefined;
  return (
    found?.specs === specs && (found.use === use || use === "exact") && found.text === JSON.stringify(copy)
  );
}
