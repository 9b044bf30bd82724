import { choose } from "../../ensemble/choose.ts";
import { simulate } from "../../ensemble/simulate.ts";
import type { Problem } from "../../experiment/problem.ts";
import { planHearing } from "../../observables/plan.ts";
import type { Result } from "../../result.ts";
import { version } from "../../version.ts";
import { firstCheckpoint, requireSame } from "../checkpoint/checkpoint.ts";
import { provenanceOf } from "../compared-result.ts";
import { withCountsApart } from "../count-apart.ts";
import { sayingStopped } from "../cut-short.ts";
import { runEnsemble } from "../ensemble-run.ts";
import { openExactSide } from "../exact-side.ts";
import { experimentHash } from "../experiment-hash.ts";
import type { RunOptions } from "../run.ts";
import { backends, readProblem } from "../run.ts";
import type { PartObservation } from "./part.ts";
import { partOf } from "./part.ts";
import { replayed } from "./replay.ts";
import type { SpinShare } from "./spin-share.ts";
import { shareFormat } from "./spin-share.ts";
import type { Task } from "./task.ts";
import { spinsOfTask } from "./task.ts";

/** A share, or why its run ended early: "stopped", "device lost", or where it left the sphere. */
export type RunSpins = { readonly share: SpinShare } | { readonly share: null; readonly outcome: string };

const chosen = ({ steps, timeStep, integrator }: Problem): SpinShare["steps"] => ({
  count: steps,
  timeStep,
  integrator,
});

/**
 * Runs some of the spins of an experiment; each has the same initial state and noise as in the whole. Options are those
 * of `run`; a checkpoint of a share continues that share only.
 */
export async function runSpins(
  experiment: unknown,
  task: Task,
  options: Omit<RunOptions, "falseAlarmProbability"> = {},
): Promise<RunSpins> {
  const asked = readProblem(experiment);
  const wanted = options.backend ?? options.resume?.backend ?? "auto";
  if (typeof wanted === "string" && !options.resume)
    await options.checkpoint?.save(firstCheckpoint(asked, wanted));
  const choice =
    typeof wanted === "string"
      ? await choose(backends, wanted, options.threads)
      : { backend: wanted, reason: wanted.name };
  const exactSide = await openExactSide(options);
  let problem: Problem;
  try {
    // every share computes the step of the whole by itself
    problem = await exactSide.checkedStep(asked);
  } finally {
    exactSide.close();
  }
  if (options.resume) requireSame(options.resume, problem, choice.backend.name);
  const { first, count } = spinsOfTask(task, problem.ensemble);
  const part = partOf(problem, await planHearing(problem, options.signal), { first, count });
  const { simulation, adapter, precision, deviceLosses } = await runEnsemble(
    part.problem,
    part.plan,
    choice,
    options,
  );
  if (simulation.outcome !== "complete") return { share: null, outcome: simulation.outcome };
  return {
    share: {
      format: shareFormat,
      version,
      experiment: problem.experiment,
      ...task,
      first,
      count,
      backend: choice.backend.name,
      adapter,
      precision,
      steps: chosen(problem),
      wallSeconds: simulation.wallSeconds,
      deviceLosses,
      parts: simulation.observations as readonly PartObservation[],
    },
  };
}

/**
 * The result of all shares of a run, which have been checked (`problemsOfSpins`): counts and sums are added, and
 * everything else, the certificate included, is computed as for the whole. @throws RangeError if the shares took other
 * steps than the run takes here.
 */
export async function mergeSpins(
  experiment: unknown,
  shares: readonly SpinShare[],
  options: Pick<RunOptions, "threads" | "signal" | "onExactFigure" | "falseAlarmProbability"> = {},
): Promise<Result> {
  const asked = readProblem(experiment);
  const exactSide = await openExactSide(options);
  try {
    const problem = await exactSide.checkedStep(asked);
    const here = JSON.stringify(chosen(problem));
    for (const { share, steps } of shares)
      if (JSON.stringify(steps) !== here)
        throw new RangeError(
          `share ${share} took ${steps.count} steps of ${steps.integrator}, the run takes ${problem.steps} of ${problem.integrator} here`,
        );
    exactSide.begin();
    const planned = await planHearing(problem);
    const simulation = await simulate(problem, planned, replayed(planned, shares), {
      signal: options.signal,
    });
    const backend = backends.find(({ name }) => name === shares[0].backend) ?? backends[0];
    const whole = await withCountsApart(problem, simulation, backend, options);
    const deviceLosses = shares.reduce((sum, share) => sum + share.deviceLosses, 0);
    const provenance = provenanceOf(problem, {
      backend: backend.name,
      adapter: [...new Set(shares.map(({ adapter }) => adapter))].join("; "),
      precision: shares[0].precision,
      experimentHash: await experimentHash(problem.experiment),
      choice: `${backend.name}, in ${shares.length} shares; the time is that of the slowest`,
      ...(deviceLosses > 0 ? { deviceLosses } : {}),
      spinSteps: whole.steps * problem.ensemble,
      wallSeconds: Math.max(...shares.map((share) => share.wallSeconds)),
    });
    const result = await exactSide.compare(problem, provenance, whole, options.falseAlarmProbability);
    return sayingStopped(result, options.signal);
  } finally {
    exactSide.close();
  }
}
