import type { ExperimentFit } from "../run/fit.ts";
import { traceFitBeside } from "../run/trace-fit-beside.ts";
import type { TraceLikelihoodFit } from "../run/trace-likelihood-fit.ts";
import type { MeasuredTrace } from "../traces/measured-trace.ts";
import { clearLine, rewriteLine } from "./rewritten-line.ts";

/**
 * Maximizes the likelihood of the traces, starting from a fit to their dwell times. Ctrl-C ends it within a second; it then returns null.
 */
export async function attendedTraceFit(
  experiment: unknown,
  traces: readonly MeasuredTrace[],
  { names, values }: ExperimentFit,
  signal: AbortSignal,
): Promise<TraceLikelihoodFit | null> {
  let evaluations = 0;
  const onEvaluation = (): void => {
    evaluations++;
    if (process.stderr.isTTY) rewriteLine(process.stderr, `fit to the traces: likelihood ${evaluations}`);
  };
  const kept = traces.flatMap(({ setting, analysis }) =>
    analysis.kept ? [{ ...analysis.kept, settings: setting ? { [setting.name]: setting.value } : {} }] : [],
  );
  try {
    return await traceFitBeside(experiment, kept, names, values, { signal, onEvaluation });
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    throw error;
  } finally {
    clearLine(process.stderr);
  }
}
