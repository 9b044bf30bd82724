import type { ExperimentFit, FitOptions } from "./fit.ts";
import { fitExperiment } from "./fit.ts";
import type { Measurement } from "./measurement.ts";
import { callBeside } from "./thread/call-beside.ts";

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
