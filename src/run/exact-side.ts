import type { Simulation } from "../ensemble/simulate.ts";
import type { Problem } from "../experiment/problem.ts";
import { outOfReach } from "../fokker-planck/exact.ts";
import type { Provenance, Result } from "../result.ts";
import { assumeBias, timeStepBias } from "../statistics/time-step-bias.ts";
import { withCheckedStep } from "./checked-step.ts";
import { comparedResult } from "./compared-result.ts";
import { stepInThread } from "./step-with-bias.ts";
import { stoppedByUser } from "./thread/stopped.ts";
import { NoThreadError, openExactThread, StoppedError } from "./thread/thread.ts";

/** The exact side of one run, in this thread or in one of its own. */
export interface ExactSide {
  /** The problem with the step that keeps what is promised. Throws the reason of the signal where the user stops. */
  checkedStep(asked: Problem): Promise<Problem>;
  /** Begins with the exact figures while the ensemble moves. */
  begin(): void;
  /** The result of a simulation; figures that a stop has left out have that as their reason. */
  compare(
    problem: Problem,
    provenance: Provenance,
    simulation: Simulation,
    falseAlarmProbability?: number,
  ): Promise<Result>;
  close(): void;
}

export interface ExactSideOptions {
  readonly signal?: AbortSignal;
  /** Hears what the exact side is computing, where that goes on beside the caller. */
  readonly onExactFigure?: (figure: string) => void;
}

/** A run that can be stopped has its exact side in a thread, since computations have no pause in which a stop could be heard. */
export async function openExactSide(options: ExactSideOptions): Promise<ExactSide> {
  return ((options.signal || options.onExactFigure) && (await beside(options))) || here();
}

function here(): ExactSide {
  let sound: ReturnType<typeof withCheckedStep> | undefined;
  return {
    async checkedStep(asked) {
      sound = withCheckedStep(asked, undefined, true);
      // computed now as in a thread: after other figures its last digits would be others
      timeStepBias(sound.problem, sound.prediction);
      return sound.problem;
    },
    begin() {},
    compare: async (problem, provenance, simulation, falseAlarmProbability) =>
      comparedResult(problem, provenance, simulation, falseAlarmProbability, sound?.prediction),
    close() {},
  };
}

async function beside({ signal, onExactFigure }: ExactSideOptions): Promise<ExactSide | null> {
  const thread = await openExactThread({ onExactFigure }).catch(() => null);
  if (!thread) return null;
  const stop = (): void => thread.stop();
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  const alone = here();
  let isAlone = false;
  return {
    async checkedStep(asked) {
      try {
        const { problem, bias } = await stepInThread(thread, asked, signal);
        assumeBias(problem, bias);
        return problem;
      } catch (error) {
        // a packager that has left the thread's file behind: the same here, where nothing can stop it
        if (!(error instanceof NoThreadError)) throw error;
        isAlone = true;
        return alone.checkedStep(asked);
      }
    },
    begin() {
      // a failure comes again with the verdict
      if (!isAlone) void thread.call("figures", null).catch(() => {});
    },
    async compare(problem, provenance, simulation, falseAlarmProbability) {
      if (isAlone) return alone.compare(problem, provenance, simulation, falseAlarmProbability);
      try {
        return await thread.call("compare", { provenance, simulation, falseAlarmProbability });
      } catch (error) {
        if (!(error instanceof StoppedError) && !signal?.aborted) throw error;
        const nothing = outOfReach<never>(stoppedByUser);
        return comparedResult(problem, provenance, simulation, falseAlarmProbability, nothing);
      }
    },
    close() {
      signal?.removeEventListener("abort", stop);
      thread.close();
    },
  };
}
