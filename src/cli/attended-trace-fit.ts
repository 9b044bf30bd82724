import type { ExperimentFit } from "../run/fit.ts";
import { traceFitBeside } from "../run/trace-fit-beside.ts";
import type { TraceLikelihoodFit } from "../run/trace-likelihood-fit.ts";
import type { MeasuredTrace } from "../traces/measured-trace.ts";
import { likelihoodText } from "./likelihood-line.ts";
import { timedLine } from "./rewritten-line.ts";

/**
 * Maximizes the likelihood of the traces, starting from a fit to their dwell times. Ctrl-C ends it within a second; it then returns null.
 */
export async function attendedTraceFit(
  experiment: unknown,
  traces: readonly MeasuredTrace[],
  { names, values }: ExperimentFit,
  signal: AbortSignal,
): Promise<TraceLikelihoodFit | null> {
  const line = timedLine(process.stderr, 0);
  const kept = traces.flatMap(({ setting, analysis }) =>
    analysis.kept ? [{ ...analysis.kept, settings: setting ? { [setting.name]: setting.value } : {} }] : [],
  );
  try {
    return await traceFitBeside(experiment, kept, names, values, {
      signal,
      onLikelihood: (progress) => line.show(() => [likelihoodText("fit to the traces", progress)]),
    });
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    throw error;
  } finally {
    line.clear();
  }
}
