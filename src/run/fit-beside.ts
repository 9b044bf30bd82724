import type { ExperimentFit, FitOptions } from "./fit.ts";
import { fitExperiment } from "./fit.ts";
import type { Measurement } from "./measurement.ts";
import { NoThreadError, openExactThread, StoppedError } from "./thread/thread.ts";

export interface FitBesideOptions extends FitOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * A fit in a thread of its own, where there are threads: when the signal says so, it rejects with the signal's reason within about a
 * second, unless it has converged and computes its profile, which is then missing. `onBetter` has heard the best parameters by then. Throws as `fitExperiment` does.
 */
export async function fitBeside(
  experiment: unknown,
  data: readonly Measurement[],
  free: readonly string[],
  { signal, profile, onBetter, onProgress }: FitBesideOptions = {},
): Promise<ExperimentFit> {
  signal?.throwIfAborted();
  const here = (): ExperimentFit => fitExperiment(experiment, data, free, { profile, onBetter, onProgress });
  const thread = await openExactThread({ onBetter, onFitProgress: onProgress });
  if (!thread) return here();
  const stop = (): void => thread.stop();
  signal?.addEventListener("abort", stop);
  try {
    if (signal?.aborted) stop();
    const fit = await thread.call("fit", { experiment, data, free, profile });
    if (fit.outcome !== "converged") signal?.throwIfAborted();
    return fit;
  } catch (error) {
    if (error instanceof StoppedError) signal?.throwIfAborted();
    if (error instanceof NoThreadError) return here();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    thread.close();
  }
}
