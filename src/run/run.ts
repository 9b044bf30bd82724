import type { Choice } from "../ensemble/choose.ts";
import { choose } from "../ensemble/choose.ts";
import type { Backend, BackendName } from "../ensemble/kernel.ts";
import type { Problem } from "../experiment/problem.ts";
import { breathe } from "../linear-algebra/breathe.ts";
import { planHearing } from "../observables/plan.ts";
import type { Result } from "../result.ts";
import { backends } from "./backends.ts";
import { firstCheckpoint, requireSame } from "./checkpoint/checkpoint.ts";
import { provenanceOf } from "./compared-result.ts";
import { withCountsApart } from "./count-apart.ts";
import { sayingStopped } from "./cut-short.ts";
import type { EnsembleOptions } from "./ensemble-run.ts";
import { runEnsemble } from "./ensemble-run.ts";
import type { ExactSide, ExactSideOptions } from "./exact-side.ts";
import { openExactSide } from "./exact-side.ts";
import { experimentHash } from "./experiment-hash.ts";
import { readProblem } from "./read-problem.ts";

export { backends } from "./backends.ts";
export { predictionOf, withCheckedStep } from "./checked-step.ts";
export { comparedResult, provenanceOf } from "./compared-result.ts";
export { fokkerPlanck } from "./exact-alone.ts";
export { ExperimentError, readProblem } from "./read-problem.ts";

/**
 * `signal` stops the run. Before the first step `run` rejects with the signal's reason. Afterwards the result so far
 * comes back within about a second: the ensemble's outcome is "stopped" if it was not at its end, and exact figures
 * that were not computed yet are null with the reason. In Node the exact side of a run with a signal runs in a thread
 * of its own, beside the ensemble. `checkpoint` receives the state of the run from time to time and when it stops. A
 * run of the same experiment with this state as `resume` gives the result of the uninterrupted run, bit for bit.
 */
export interface RunOptions extends EnsembleOptions, ExactSideOptions {
  readonly backend?: BackendName | "auto" | Backend | undefined;
  /** Largest probability that a correct run fails its certificate; default 1e-4. */
  readonly falseAlarmProbability?: number;
}

/**
 * Runs an experiment: ensemble, Fokker–Planck beside it, verdict.
 *
 * `experiment` is the object an experiment file holds (SI units). Throws ExperimentError for a wrong experiment and an
 * Error where no backend can run, and CheckpointError where `resume` is of another run; once it has begun nothing throws, the
 * outcome is part of the result.
 */
export async function run(experiment: unknown, options: RunOptions = {}): Promise<Result> {
  const wanted = options.backend ?? options.resume?.backend ?? "auto";
  const asked = readProblem(experiment);
  if (!options.resume)
    await options.checkpoint?.save(firstCheckpoint(asked, typeof wanted === "string" ? wanted : wanted.name));
  const choice =
    typeof wanted === "string"
      ? await choose(backends, wanted, options.threads)
      : { backend: wanted, reason: `${wanted.name}, given by the caller` };
  // with a given step and nothing to compare, no computation needs a thread
  const isIdle = !asked.compare && asked.experiment.time.step !== "auto";
  const exactSide = await openExactSide(isIdle ? {} : options);
  try {
    return await runBeside(exactSide, asked, choice, options);
  } finally {
    exactSide.close();
  }
}

async function runBeside(
  exactSide: ExactSide,
  asked: Problem,
  choice: Pick<Choice, "backend" | "reason">,
  options: RunOptions,
): Promise<Result> {
  const problem = await exactSide.checkedStep(asked);
  if (options.resume) requireSame(options.resume, problem, choice.backend.name);
  exactSide.begin();
  // between two pieces of preparation this thread handles waiting messages, above all a signal
  await breathe();
  const planned = await planHearing(problem, options.signal);
  await breathe();
  options.signal?.throwIfAborted();
  const ran = await runEnsemble(problem, planned, choice, options);
  const { simulation: shared, deviceLosses, ...device } = ran;
  const simulation = await withCountsApart(problem, shared, choice.backend, {
    threads: options.threads,
    signal: options.signal,
    onProgress: (progress) => options.onProgress?.({ ...progress, choice: choice.reason, threads: 0 }),
  });
  const provenance = provenanceOf(problem, {
    backend: choice.backend.name,
    ...device,
    experimentHash: await experimentHash(problem.experiment),
    choice: choice.reason,
    ...(deviceLosses > 0 ? { deviceLosses } : {}),
    spinSteps: simulation.steps * problem.ensemble,
    wallSeconds: simulation.wallSeconds,
  });
  const result = await exactSide.compare(problem, provenance, simulation, options.falseAlarmProbability);
  return sayingStopped(result, options.signal);
}
