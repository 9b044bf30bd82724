import type { ExperimentFit, FitOptions } from "./fit.ts";
import { fitExperiment } from "./fit.ts";
import type { Measurement } from "./measurement.ts";
import { callBeside } from "./thread/call-beside.ts";

export interface FitBesideOptions extends FitOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * A fit in a thread of its own, if threads are available. After an abort it rejects with the signal's reason within
 * about a second, unless it has converged and is computing its profile; the profile is then missing. `onBetter` has
 * received the best parameters by then. Throws as `fitExperiment` does.
 */
export async function fitBeside(
  experiment: unknown,
  data: readonly Measurement[],
  free: readonly string[],
  { signal, profile, onBetter, onProgress }: FitBesideOptions = {},
): Promise<ExperimentFit> {
  return callBeside(
    "fit",
    { experiment, data, free, profile },
    {
      here: () => fitExperiment(experiment, data, free, { profile, onBetter, onProgress }),
      listeners: { onBetter, onFitProgress: onProgress },
      signal,
      isWanted: ({ outcome }) => outcome === "converged",
    },
  );
}
