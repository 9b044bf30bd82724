import { readFile } from "node:fs/promises";
import type { CompletedExperiment, InputProblem } from "../experiment/index.ts";
import { describeProblem, readText } from "../experiment/index.ts";
import { checkExperiment } from "../observables/experiment.ts";
import { UsageError } from "./exit.ts";

const refuse = (file: string, problems: readonly InputProblem[]): never => {
  throw new UsageError(problems.map((problem) => `${file}: ${describeProblem(problem)}`).join("\n"));
};

/** Reads, sets, checks and completes an experiment file; throws UsageError with every problem at once. */
export async function readExperiment(
  file: string,
  settings: readonly string[],
): Promise<CompletedExperiment> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(code === "ENOENT" ? `${file} does not exist` : `${file} cannot be read: ${message}`);
  }
  const read = readText(text);
  if (!read.ok) return refuse(file, read.problems);
  const checked = checkExperiment(read.value, settings);
  return checked.ok ? checked.experiment : refuse(file, checked.problems);
}
