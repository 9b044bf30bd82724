import type { CompletedExperiment, InputError } from "../experiment/index.ts";
import { describeInputError } from "../experiment/index.ts";
import type { Use } from "../experiment/known-problem.ts";
import { checkHearing } from "../run/quick-beside.ts";
import { UsageError } from "./exit.ts";
import { readYaml } from "./read-yaml.ts";

const refuse = (file: string, problems: readonly InputError[]): never => {
  throw new UsageError(problems.map((problem) => `${file}: ${describeInputError(problem)}`).join("\n"));
};

/** Whether a file holds a sweep instead of an experiment. */
export const isSweep = (written: unknown): boolean =>
  typeof written === "object" && written !== null && Object.hasOwn(written, "vary");

/** Sets, checks and completes what an experiment file holds; throws UsageError with every problem at once. */
export async function experimentIn(
  file: string,
  written: unknown,
  settings: readonly string[],
  use?: Use,
): Promise<CompletedExperiment> {
  if (isSweep(written)) throw new UsageError(`${file} is a sweep: spinsemble sweep ${file}`);
  const checked = await checkHearing(written, settings, { use });
  return checked.ok ? checked.experiment : refuse(file, checked.problems);
}

/** The same, reading the file. */
export const readExperiment = async (
  file: string,
  settings: readonly string[],
  use?: Use,
): Promise<CompletedExperiment> => experimentIn(file, await readYaml(file), settings, use);
