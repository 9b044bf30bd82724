import type { InputError } from "../experiment/input-error.ts";
import { describeInputError } from "../experiment/input-error.ts";
import type { Use } from "../experiment/known-problem.ts";
import type { Problem } from "../experiment/problem.ts";
import { checkExperiment, reduce } from "../observables/experiment.ts";

/** Thrown before the first step if an experiment is wrong; lists every problem at once. */
export class ExperimentError extends Error {
  override readonly name = "ExperimentError";
  readonly problems: readonly InputError[];
  constructor(problems: readonly InputError[]) {
    super(problems.map(describeInputError).join("\n"));
    this.problems = problems;
  }
}

/** Checks, completes and reduces an experiment, with some of its numbers replaced; throws ExperimentError. */
export function readProblem(
  experiment: unknown,
  settings: Readonly<Record<string, number>> = {},
  use: Use = "ensemble",
): Problem {
  const checked = checkExperiment(experiment, settings, use);
  if (!checked.ok) throw new ExperimentError(checked.problems);
  return reduce(checked.experiment);
}
