import type { CheckedExperiment } from "../experiment/check.ts";
import { describeInputError } from "../experiment/input-error.ts";
import type { Use } from "../experiment/known-problem.ts";
import { plainCopy } from "../experiment/plain-data.ts";
import type { Settings } from "../experiment/settings.ts";
import { applySettings } from "../experiment/settings.ts";
import { checkExperiment, keepChecked } from "../observables/experiment.ts";
import { reportHtml } from "../report/report.ts";
import type { Result } from "../result.ts";
import type { OnsagerResult } from "../transport/onsager/onsager-result.ts";
import { onsager } from "../transport/onsager/onsager-result.ts";
import type { SystemInput } from "../transport/onsager/system-file.ts";
import type { FreeMagnet } from "../transport/spin-torque.ts";
import type { StackInput } from "../transport/stack-schema.ts";
import type { TransportResult } from "../transport/transport-result.ts";
import { transportResult } from "../transport/transport-result.ts";
import { callBeside } from "./thread/call-beside.ts";

/*
 * Functions that are quick for usual input, and take seconds for extreme one, in a thread of their own, if threads are available. After
 * an abort they reject with the signal's reason within about a second. What goes to the thread is copied into plain data of bounded size.
 */

/** The signal of a function that is quick for usual input. */
export interface BesideOptions {
  readonly signal?: AbortSignal | undefined;
}

/** As `checkExperiment`. */
export async function checkBeside(
  raw: unknown,
  settings: Settings,
  { signal, use = "ensemble" }: BesideOptions & { readonly use?: Use | undefined },
): Promise<CheckedExperiment> {
  signal?.throwIfAborted();
  const [value, changes] = [plainCopy(raw), plainCopy(settings)];
  const problems = [...value.problems, ...changes.problems];
  if (problems.length > 0) return { ok: false, problems };
  const set = applySettings(value.copy, changes.copy as Settings);
  if (set.problems.length > 0) return { ok: false, problems: set.problems };
  const experiment = set.value;
  const here = () => ({ checked: checkExperiment(experiment, [], use) });
  const { checked, problem } = await callBeside(
    "check",
    { experiment, use },
    { here, listeners: {}, signal },
  );
  // the next question about this experiment is answered at once
  if (problem) keepChecked(problem, use);
  return checked;
}

/** Characters of typed formulas from which on a check may take longer than a moment. */
const longFormulas = 500;

/** Whether an experiment, well formed or not, has formulas whose check may take longer than a signal should wait. */
function isSlowToCheck(raw: unknown): boolean {
  let characters = 0;
  const walk = (value: unknown): void => {
    if (typeof value === "string") characters += value.length;
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
  };
  walk(plainCopy(raw).copy);
  return characters > longFormulas;
}

/** As `checkExperiment`, beside this thread if the experiment has long formulas, so that this thread hears signals meanwhile. */
export const checkHearing = async (
  raw: unknown,
  settings: Settings,
  options: BesideOptions & { readonly use?: Use | undefined } = {},
): Promise<CheckedExperiment> =>
  isSlowToCheck(raw) ? checkBeside(raw, settings, options) : checkExperiment(raw, settings, options.use);

/** @throws RangeError for what is no plain data */
function plain<T>(input: T): T {
  const { copy, problems } = plainCopy(input);
  if (problems.length > 0) throw new RangeError(problems.map(describeInputError).join("\n"));
  return copy as T;
}

/** As `transportResult`. */
export async function transportBeside(
  input: StackInput,
  freeMagnet: FreeMagnet | null,
  { signal }: BesideOptions,
): Promise<TransportResult> {
  signal?.throwIfAborted();
  const [stack, magnet] = [plain(input), plain(freeMagnet)];
  const here = (): TransportResult => transportResult(stack, magnet);
  return callBeside("transport", { stack, magnet }, { here, listeners: {}, signal });
}

/** As `onsager`. */
export async function onsagerBeside(input: SystemInput, { signal }: BesideOptions): Promise<OnsagerResult> {
  signal?.throwIfAborted();
  const system = plain(input);
  return callBeside("onsager", { system }, { here: () => onsager(system), listeners: {}, signal });
}

/** As `reportHtml`. */
export const reportBeside = (result: Result, plotly: string, { signal }: BesideOptions): Promise<string> =>
  callBeside("report", { result, plotly }, { here: () => reportHtml(result, plotly), listeners: {}, signal });
