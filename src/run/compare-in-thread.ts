import type { Simulation } from "../ensemble/simulate.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Provenance, Result } from "../result.ts";
import type { TimeStepBias } from "../statistics/time-step-bias.ts";
import { assumeBias } from "../statistics/time-step-bias.ts";
import { comparedResult } from "./compared-result.ts";
import { stepInThread, stepWithBias } from "./step-with-bias.ts";
import { openThreadPool } from "./thread/pool.ts";
import { NoThreadError, StoppedError } from "./thread/thread.ts";

/** Finds steps of problems and compares simulations with the exact side. */
export interface Comparisons {
  /** Number of comparisons at the same time. */
  readonly width: number;
  /** The step of a problem. Throws the reason of the signal if the user stops. */
  readonly stepWithBias: typeof stepWithBias;
  /** The verdict; null if the user stops before it is known. */
  compare(
    problem: Problem,
    bias: TimeStepBias,
    provenance: Provenance,
    simulation: Simulation,
    falseAlarmProbability: number | undefined,
  ): Promise<Result | null>;
  close(): void;
}

/**
 * Uses `threads` threads if there is a signal to stop them and threads are available; comparisons do not depend on the
 * thread.
 */
export async function openComparisons(signal: AbortSignal | undefined, threads = 1): Promise<Comparisons> {
  const pool = await openThreadPool(signal ? threads : 0, signal);
  return {
    width: pool.width,
    stepWithBias: (asked) =>
      pool.use(async (thread) => {
        if (!thread) return stepWithBias(asked);
        try {
          return await stepInThread(thread, asked, signal);
        } catch (error) {
          if (error instanceof NoThreadError) return stepWithBias(asked);
          throw error;
        }
      }),
    compare: (problem, bias, provenance, simulation, falseAlarmProbability) =>
      pool.use(async (thread) => {
        try {
          const found = await thread?.call("comparePoint", {
            problem,
            bias,
            provenance,
            simulation,
            falseAlarmProbability,
          });
          if (found) return signal?.aborted ? null : found;
        } catch (error) {
          if (error instanceof StoppedError) return null;
          if (!(error instanceof NoThreadError)) throw error;
        }
        assumeBias(problem, bias);
        return comparedResult(problem, provenance, simulation, falseAlarmProbability);
      }),
    close: pool.close,
  };
}
