import type { TraceAnalysis } from "../traces/analyse.ts";
import { analyseTrace } from "../traces/analyse.ts";
import type { AnalysisOptions } from "../traces/analysis.ts";
import type { LikelihoodProgress } from "../traces/analysis-progress.ts";
import { countingEvaluations } from "../traces/analysis-progress.ts";
import type { PlacedStretches, Stretches } from "../traces/stretches.ts";
import type { ExactThread } from "./thread/thread.ts";
import { NoThreadError, openExactThread, StoppedError } from "./thread/thread.ts";

/** What accompanies the analyses of a thread. */
export interface AnalystOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onLikelihood?: ((progress: LikelihoodProgress) => void) | undefined;
}

export interface AnalyseBesideOptions extends AnalysisOptions, AnalystOptions {}

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
export async function openAnalyst({ signal, onLikelihood }: AnalystOptions): Promise<Analyst> {
  signal?.throwIfAborted();
  let thread: ExactThread | null = await openExactThread({ onLikelihood });
  const stop = (): void => thread?.stop();
  signal?.addEventListener("abort", stop);
  return {
    async analyse(
      trace,
      total,
      sampleTime,
      { levels, up, bandwidth, response, noise, mains, drift, keepsTrace },
    ) {
      signal?.throwIfAborted();
      const given = { up, bandwidth, response, noise, mains, drift, keepsTrace };
      const options = { ...(levels === undefined ? {} : { levels }), ...given };
      const here = (): TraceAnalysis =>
        analyseTrace(trace, total, sampleTime, {
          ...options,
          ...(onLikelihood ? { onEvaluation: countingEvaluations(trace, sampleTime, onLikelihood) } : {}),
        });
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
  const { signal, onLikelihood, onEvaluation } = options;
  const analyst = await openAnalyst({
    signal,
    onLikelihood: (progress) => {
      onLikelihood?.(progress);
      onEvaluation?.();
    },
  });
  try {
    return await analyst.analyse(trace, total, sampleTime, options);
  } finally {
    analyst.close();
  }
}
