import type { ExperimentFit } from "../run/fit.ts";
import { traceFitBeside } from "../run/trace-fit-beside.ts";
import type { TraceLikelihoodFit } from "../run/trace-likelihood-fit.ts";
import type { MeasuredTrace } from "../traces/measured-trace.ts";
import { say } from "./attended-run.ts";
import { interrupts } from "./interrupts.ts";

/** Maximizes the likelihood of the traces from a fit to their dwell times. Ctrl-C ends it within a second: null then. */
export async function attendedTraceFit(
  experiment: unknown,
  traces: readonly MeasuredTrace[],
  { names, values }: ExperimentFit,
): Promise<TraceLikelihoodFit | null> {
  const stops = interrupts(() =>
    say("stopping; the fit to the dwell times will be written (again: quit at once)"),
  );
  stops.listen();
  let evaluations = 0;
  const onEvaluation = (): void => {
    evaluations++;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[Kfit to the traces: likelihood ${evaluations}`);
  };
  const kept = traces.flatMap(({ setting, analysis }) =>
    analysis.kept ? [{ ...analysis.kept, settings: setting ? { [setting.name]: setting.value } : {} }] : [],
  );
  try {
    return await traceFitBeside(experiment, kept, names, values, { signal: stops.signal, onEvaluation });
  } catch (error) {
    if (stops.signal.aborted && error === stops.signal.reason) return null;
    throw error;
  } finally {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    stops.release();
  }
}
