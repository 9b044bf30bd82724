import type { Use } from "../experiment/check-physics.ts";
import type { CompletedExperiment, InputError } from "../experiment/index.ts";
import { describeInputError } from "../experiment/index.ts";
import { checkExperiment } from "../observables/experiment.ts";
import { UsageError } from "./exit.ts";
import { readYaml } from "./read-yaml.ts";

const refuse = (file: string, problems: readonly InputError[]): never => {
  throw new UsageError(problems.map((problem) => `${file}: ${describeInputError(problem)}`).join("\n"));
};

/** Reads, sets, checks and completes an experiment file; throws UsageError with every problem at once. */
export async function readExperiment(
  file: string,
  settings: readonly string[],
  use?: Use,
): Promise<CompletedExperiment> {
  const checked = checkExperiment(await readYaml(file), settings, use);
  return checked.ok ? checked.experiment : refuse(file, checked.problems);
}
