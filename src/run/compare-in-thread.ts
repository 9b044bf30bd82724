import type { Simulation } from "../ensemble/simulate.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Provenance, Result } from "../result.ts";
import type { TimeStepBias } from "../statistics/time-step-bias.ts";
import { assumeBias } from "../statistics/time-step-bias.ts";
import { comparedResult } from "./compared-result.ts";
import { stepInThread, stepWithBias } from "./step-with-bias.ts";
import { NoThreadError, openExactThread, StoppedError } from "./thread/thread.ts";

/** Finds steps of problems and compares simulations with the exact side, one after the other. */
export interface Comparisons {
  /** The step of a problem. Throws the reason of the signal where the user stops. */
  readonly stepWithBias: typeof stepWithBias;
  /** The verdict; null where the user stops before it is found. */
  compare(
    problem: Problem,
    bias: TimeStepBias,
    provenance: Provenance,
    simulation: Simulation,
    falseAlarmProbability: number | undefined,
  ): Promise<Result | null>;
  close(): void;
}

/** In a thread where there is a signal to stop it and there are threads. */
export async function openComparisons(signal: AbortSignal | undefined): Promise<Comparisons> {
  const thread = signal ? await openExactThread().catch(() => null) : null;
  const stop = (): void => thread?.stop();
  signal?.addEventListener("abort", stop);
  return {
    async stepWithBias(asked) {
      if (!thread) return stepWithBias(asked);
      try {
        return await stepInThread(thread, asked, signal);
      } catch (error) {
        if (error instanceof NoThreadError) return stepWithBias(asked);
        throw error;
      }
    },
    async compare(problem, bias, provenance, simulation, falseAlarmProbability) {
      if (thread) {
        try {
          const found = await thread.call("comparePoint", {
            problem,
            bias,
            provenance,
            simulation,
            falseAlarmProbability,
          });
          return signal?.aborted ? null : found;
        } catch (error) {
          if (error instanceof StoppedError) return null;
          if (!(error instanceof NoThreadError)) throw error;
        }
      }
      assumeBias(problem, bias);
      return comparedResult(problem, provenance, simulation, falseAlarmProbability);
    },
    close() {
      signal?.removeEventListener("abort", stop);
      thread?.close();
    },
  };
}
