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
  /** The problem with a step that keeps the promised bias. Throws the reason of the signal if the user stops. */
  checkedStep(asked: Problem): Promise<Problem>;
  /** Starts the exact figures while the ensemble runs. */
  begin(): void;
  /** The result of a simulation; figures that a stop has left out give it as their reason. */
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
  /** Receives the name of the figure that the exact side computes, if it runs beside the caller. */
  readonly onExactFigure?: (figure: string) => void;
}

/** The exact side of a run that can be stopped runs in a thread, because a computation cannot receive a signal. */
export async function openExactSide(options: ExactSideOptions): Promise<ExactSide> {
  return ((options.signal || options.onExactFigure) && (await beside(options))) || here();
}

function here(): ExactSide {
  let sound: ReturnType<typeof withCheckedStep> | undefined;
  return {
    async checkedStep(asked) {
      sound = withCheckedStep(asked, undefined, true);
      // computed now, in the same order as in a thread: after other figures its last digits would differ
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
        // if a bundler has omitted the thread's file, the same happens here, where nothing can stop it
        if (!(error instanceof NoThreadError)) throw error;
        isAlone = true;
        return alone.checkedStep(asked);
      }
    },
    begin() {
      // the verdict throws the same failure again
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
