import { NoThreadError, openExactThread, StoppedError } from "./thread/thread.ts";
import type { TraceToFit } from "./trace-likelihood.ts";
import type { TraceLikelihoodFit } from "./trace-likelihood-fit.ts";
import { fitTraceLikelihood } from "./trace-likelihood-fit.ts";

/**
 * `fitTraceLikelihood` in a thread of its own, where there are threads: when the signal says so, it rejects with the signal's
 * reason within about a second.
 */
export async function traceFitBeside(
  experiment: unknown,
  traces: readonly TraceToFit[],
  names: readonly string[],
  initial: readonly number[],
  { signal, onEvaluation }: { readonly signal?: AbortSignal; readonly onEvaluation?: () => void } = {},
): Promise<TraceLikelihoodFit> {
  signal?.throwIfAborted();
  const here = (): TraceLikelihoodFit => fitTraceLikelihood(experiment, traces, names, initial, onEvaluation);
  const thread = await openExactThread({ onEvaluation });
  if (!thread) return here();
  const stop = (): void => thread.stop();
  signal?.addEventListener("abort", stop);
  try {
    if (signal?.aborted) stop();
    return await thread.call("traceFit", { experiment, traces, names, initial });
  } catch (error) {
    if (error instanceof StoppedError) signal?.throwIfAborted();
    if (error instanceof NoThreadError) return here();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    thread.close();
  }
}
