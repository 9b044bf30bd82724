import type { Simulation } from "../ensemble/simulate.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Provenance, Result } from "../result.ts";
import type { TimeStepBias } from "../statistics/time-step-bias.ts";
import { assumeBias } from "../statistics/time-step-bias.ts";
import { comparedResult } from "./compared-result.ts";
import { stepInThread, stepWithBias } from "./step-with-bias.ts";
import type { ExactThread } from "./thread/thread.ts";
import { NoThreadError, openExactThread, StoppedError } from "./thread/thread.ts";

/** Finds steps of problems and compares simulations with the exact side. */
export interface Comparisons {
  /** How many comparisons go on at the same time. */
  readonly width: number;
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

/** In `threads` threads where there is a signal to stop them and there are threads; a comparison is the same in each. */
export async function openComparisons(signal: AbortSignal | undefined, threads = 1): Promise<Comparisons> {
  const open = (): Promise<ExactThread | null> => openExactThread().catch(() => null);
  const opened = signal ? await Promise.all(Array.from({ length: threads }, open)) : [];
  const pool = opened.filter((thread) => thread !== null);
  const [thread] = pool;
  const stop = (): void => pool.forEach((one) => one.stop());
  signal?.addEventListener("abort", stop);
  // callers keep to the width, so that one of them is free
  const free = [...pool];
  return {
    width: Math.max(1, pool.length),
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
      const own = free.pop() ?? thread;
      if (own) {
        try {
          const found = await own.call("comparePoint", {
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
        } finally {
          free.push(own);
        }
      }
      assumeBias(problem, bias);
      return comparedResult(problem, provenance, simulation, falseAlarmProbability);
    },
    close() {
      signal?.removeEventListener("abort", stop);
      for (const one of pool) one.close();
    },
  };
}
