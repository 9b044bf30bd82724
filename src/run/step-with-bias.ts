import type { Problem } from "../experiment/problem.ts";
import { reduce } from "../observables/experiment.ts";
import type { TimeStepBias } from "../statistics/time-step-bias.ts";
import { timeStepBias } from "../statistics/time-step-bias.ts";
import { withCheckedStep } from "./checked-step.ts";
import type { ExactThread } from "./thread/thread.ts";

/** A problem whose step keeps what is promised, and what the step does to averages. */
export interface StepWithBias {
  readonly problem: Problem;
  readonly bias: TimeStepBias;
}

/** Found here, where nothing can stop it. */
export async function stepWithBias(asked: Problem): Promise<StepWithBias> {
  const { problem, prediction } = withCheckedStep(asked, undefined, true);
  return { problem, bias: timeStepBias(problem, prediction) };
}

/**
 * Found in a thread, which holds the solution from here on. Throws the reason of the signal where the user stops, and NoThreadError where the
 * thread could not begin.
 */
export async function stepInThread(
  thread: Pick<ExactThread, "call">,
  asked: Problem,
  signal: AbortSignal | undefined,
): Promise<StepWithBias> {
  const { experiment } = asked;
  try {
    const { scale, warnings, bias } = await thread.call("checkedStep", { experiment });
    // a stop leaves a bias that is not known
    signal?.throwIfAborted();
    return { problem: scale === null ? asked : { ...reduce(experiment, scale), warnings }, bias };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
