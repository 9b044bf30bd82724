import type { AnalystOptions } from "./analyse-beside.ts";
import { callBeside } from "./thread/call-beside.ts";
import type { TraceToFit } from "./trace-likelihood.ts";
import type { TraceLikelihoodFit } from "./trace-likelihood-fit.ts";
import { fitTraceLikelihood } from "./trace-likelihood-fit.ts";

/**
 * `fitTraceLikelihood` in a thread of its own, if threads are available; after an abort it rejects with the signal's
 * reason within about a second.
 */
export async function traceFitBeside(
  experiment: unknown,
  traces: readonly TraceToFit[],
  names: readonly string[],
  initial: readonly number[],
  { signal, onLikelihood }: AnalystOptions = {},
): Promise<TraceLikelihoodFit> {
  return callBeside(
    "traceFit",
    { experiment, traces, names, initial },
    {
      here: () => fitTraceLikelihood(experiment, traces, names, initial, onLikelihood),
      listeners: { onLikelihood },
      signal,
    },
  );
}
