import { leastSecondsOn } from "../ensemble/backends.ts";
import type { Progress } from "../ensemble/simulate.ts";
import { coreCount } from "../ensemble/workers.ts";
import type { Problem } from "../experiment/problem.ts";
import { largestStepGrowth } from "../experiment/time-step.ts";
import { integrators } from "../integrators/index.ts";
import { breathe } from "../linear-algebra/breathe.ts";
import type { Moment } from "../linear-algebra/interruption.ts";
import { moment, secondsSince } from "../linear-algebra/interruption.ts";
import { ensembleCost } from "../run/cost.ts";
import { drawingSeconds } from "../run/drawing-seconds.ts";
import type { FitProgress } from "../run/fit-progress.ts";
import type { RunOptions } from "../run/run.ts";
import { UsageError } from "./exit.ts";

/** Seconds after which the speed of a run is known, and the longest run, s, that starts without --force. */
const seenAfter = 2;
const mostSeconds = 3600;

/** "5.6 hours" */
const lasting = (seconds: number): string => {
  const [size, unit] = seconds < 2 * 86_400 ? [3600, "hours"] : [86_400, "days"];
  return `${Number((seconds / size).toPrecision(2))} ${unit}`;
};

const feasible =
  "A shorter duration, fewer spins or a longer step (the automatic one resolves the narrowest feature) make it feasible; --force starts it anyway";

/** A computation would take hours; the message has the estimate. */
export class TooLongError extends UsageError {}

/** The speed of a run is measured in advance if the run takes at least this, s. */
const worthMeasuring = 60;

/**
 * Estimates the time of a long run, and refuses a run that would take hours before its first step. For an automatic step it assumes the
 * longest that the trial of the step can choose. Throws a TooLongError with the estimate, or the signal's reason.
 */
export async function requirePatience(
  problem: Problem,
  spins: number,
  { backend, threads, signal }: Pick<RunOptions, "backend" | "threads" | "signal">,
): Promise<void> {
  const { experiment, integrator, steps } = problem;
  const growth = experiment.time.step === "auto" ? largestStepGrowth(integrators[integrator].stepLimit) : 1;
  const spinSteps = (steps * spins) / growth;
  const cores = threads ?? (await coreCount());
  const shortest =
    (spinSteps * (typeof backend === "object" ? backend.leastSeconds : leastSecondsOn(backend))) / cores;
  const drawing = await drawingSeconds({ ...problem, ensemble: spins }, cores, async () => {
    await breathe();
    signal?.throwIfAborted();
  });
  if (drawing > mostSeconds)
    throw new TooLongError(
      `drawing the initial states of ${spins} spins would take about ${lasting(drawing)} here; fewer spins, or fewer parameters with spreads, make it feasible; --force starts it anyway`,
    );
  if (shortest < worthMeasuring) return;
  const cost = await ensembleCost({ ...problem, ensemble: spins }, { backend, threads });
  const seconds = cost.seconds / growth;
  if (seconds <= mostSeconds) return;
  throw new TooLongError(
    `the run would take about ${lasting(seconds)} here (${cost.backend}): ${(steps / growth).toPrecision(3)} steps of ${spins} spins. ${feasible}`,
  );
}

/**
 * Watches the progress of a run. As soon as its speed is known, a run that would take hours ends, unless it is forced. Throws a
 * TooLongError with the estimate.
 */
export function patience(
  isForced: boolean,
): (progress: Progress & { readonly threads?: number | undefined }) => void {
  let isKnown = isForced;
  let first: Progress | undefined;
  let began: Moment | undefined;
  return (progress) => {
    // steps before a run was resumed do not count for its speed
    first ??= progress;
    began ??= moment();
    // on a busy machine the processor time of the threads shows how fast the run is
    const byClock = progress.seconds - first.seconds;
    const seconds = progress.threads ? Math.min(byClock, secondsSince(began, progress.threads)) : byClock;
    if (isKnown || seconds < seenAfter) return;
    isKnown = true;
    const { step, steps, spinSteps } = progress;
    const done = step - first.step;
    if (done <= 0) return;
    const left = (seconds * (steps - step)) / done;
    if (left <= mostSeconds) return;
    const rate = (spinSteps - first.spinSteps) / seconds / 1e6;
    throw new TooLongError(
      `the run would take ${lasting(left)} here: ${steps.toPrecision(3)} steps of ${Math.round(spinSteps / step)} spins at ${Number(rate.toPrecision(2))} million spin-steps a second. ${feasible}`,
    );
  };
}

/** The same for a fit: the time of its first evaluations of the model decides. Throws a TooLongError. */
export function patienceWithFit(isForced: boolean): (progress: FitProgress) => void {
  let isKnown = isForced;
  const began = moment();
  return ({ seconds, evaluations, points, left }) => {
    if (isKnown || left === null || seconds < seenAfter) return;
    isKnown = true;
    // the time that this process had, where others wanted it too
    const byClock = secondsSince(began, 0);
    const share = byClock < seenAfter ? 1 : secondsSince(began) / byClock;
    if (left * share <= mostSeconds) return;
    throw new TooLongError(
      `the fit would take about ${lasting(left * share)} here: an evaluation of the model at ${points} measured points takes ${Number(((seconds * share) / evaluations).toPrecision(2))} s. Fewer free parameters or points, or no --profile, make it feasible; --force starts it anyway`,
    );
  };
}
