import type { TraceAnalysis } from "../traces/analyse.ts";
import { analyseTrace } from "../traces/analyse.ts";
import type { AnalysisOptions } from "../traces/analysis.ts";
import type { PlacedStretches, Stretches } from "../traces/stretches.ts";
import type { ExactThread } from "./thread/thread.ts";
import { NoThreadError, openExactThread, StoppedError } from "./thread/thread.ts";

export interface AnalyseBesideOptions extends AnalysisOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Analyses traces, one after the other, in a thread of its own. */
export interface Analyst {
  /** As `analyseTrace`; rejects with the signal's reason within about a second. */
  analyse(
    trace: Stretches & Partial<PlacedStretches>,
    total: number,
    sampleTime: number,
    options: AnalysisOptions,
  ): Promise<TraceAnalysis>;
  close(): void;
}

/** Opens the thread. Without threads it analyses traces in the calling one, and a signal cannot stop that. */
export async function openAnalyst({ signal, onEvaluation }: AnalyseBesideOptions): Promise<Analyst> {
  signal?.throwIfAborted();
  let thread: ExactThread | null = await openExactThread({ onEvaluation });
  const stop = (): void => thread?.stop();
  signal?.addEventListener("abort", stop);
  return {
    async analyse(
      trace,
      total,
      sampleTime,
      { levels, bandwidth, response, noise, mains, drift, keepsTrace },
    ) {
      signal?.throwIfAborted();
      const given = { bandwidth, response, noise, mains, drift, keepsTrace };
      const options = { ...(levels === undefined ? {} : { levels }), ...given };
      const here = (): TraceAnalysis => analyseTrace(trace, total, sampleTime, { ...options, onEvaluation });
      if (!thread) return here();
      try {
        const { values, breaks, origins } = trace;
        const sent = { values, breaks, ...(origins ? { origins } : {}) };
        return await thread.call("trace", { trace: sent, total, sampleTime, options });
      } catch (error) {
        if (error instanceof StoppedError) signal?.throwIfAborted();
        if (!(error instanceof NoThreadError)) throw error;
        thread = null;
        return here();
      }
    },
    close() {
      signal?.removeEventListener("abort", stop);
      thread?.close();
    },
  };
}

/** One trace, in a thread of its own. Throws TraceError where there is no second level, the signal's reason where it was aborted. */
export async function analyseBeside(
  trace: Stretches & Partial<PlacedStretches>,
  total: number,
  sampleTime: number,
  options: AnalyseBesideOptions,
): Promise<TraceAnalysis> {
  const analyst = await openAnalyst(options);
  try {
    return await analyst.analyse(trace, total, sampleTime, options);
  } finally {
    analyst.close();
  }
}
