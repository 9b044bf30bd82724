import type { Problem } from "../experiment/problem.ts";
import { reduce } from "../observables/experiment.ts";
import type { TimeStepBias } from "../statistics/time-step-bias.ts";
import { timeStepBias } from "../statistics/time-step-bias.ts";
import { withCheckedStep } from "./checked-step.ts";
import type { ExactThread } from "./thread/thread.ts";

/** A problem whose step keeps the promised bias, and the bias of averages by the step. */
export interface StepWithBias {
  readonly problem: Problem;
  readonly bias: TimeStepBias;
}

/** Computed in this thread, where nothing can stop it. */
export async function stepWithBias(asked: Problem): Promise<StepWithBias> {
  const { problem, prediction } = withCheckedStep(asked, undefined, true);
  return { problem, bias: timeStepBias(problem, prediction) };
}

/**
 * Computed in a thread, which keeps the solution. Throws the reason of the signal if the user stops, and NoThreadError
 * if the thread could not start.
 */
export async function stepInThread(
  thread: Pick<ExactThread, "call">,
  asked: Problem,
  signal: AbortSignal | undefined,
): Promise<StepWithBias> {
  const { experiment } = asked;
  try {
    const { scale, warnings, bias } = await thread.call("checkedStep", { experiment });
    // after a stop the bias is not known
    signal?.throwIfAborted();
    return { problem: scale === null ? asked : { ...reduce(experiment, scale), warnings }, bias };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
