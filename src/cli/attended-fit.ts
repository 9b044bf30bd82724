import { readable } from "../figures/readable.ts";
import type { BestSoFar, ExperimentFit, Measurement } from "../run/fit.ts";
import { fitBeside } from "../run/fit-beside.ts";
import { say } from "./attended-run.ts";
import { interrupts } from "./interrupts.ts";

/** What a fit that the user has stopped had found; its values are starting points to go on from. */
export class StoppedFit extends Error {
  readonly best: BestSoFar | undefined;
  constructor(best: BestSoFar | undefined) {
    const settings = best?.names.map((name, i) => `--set ${name}=${best.values[i]}`).join(" ");
    super(
      best
        ? `stopped: chi-squared ${readable(best.chiSquared)} is the least so far, and the same command with ${settings} goes on from there`
        : "stopped before the first evaluation of the model",
    );
    this.best = best;
  }
}

/** A fit that Ctrl-C ends within a second, with the best parameters so far in the error that it throws. */
export async function attendedFit(
  experiment: unknown,
  data: readonly Measurement[],
  free: readonly string[],
  { profile }: { readonly profile?: boolean | undefined } = {},
): Promise<ExperimentFit> {
  let best: BestSoFar | undefined;
  const stops = interrupts(() => say("stopping; the best parameters so far follow (again: quit at once)"));
  stops.listen();
  const { signal } = stops;
  const onBetter = (better: BestSoFar): void => {
    best = better;
  };
  try {
    return await fitBeside(experiment, data, free, { profile, signal, onBetter });
  } catch (error) {
    if (signal.aborted && error === signal.reason) throw new StoppedFit(best);
    throw error;
  } finally {
    stops.release();
  }
}
