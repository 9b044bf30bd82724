import { readable } from "../figures/readable.ts";
import type { BestSoFar, ExperimentFit, Measurement } from "../run/fit.ts";
import { fitExperiment } from "../run/fit.ts";
import type { ExactThread } from "../run/thread/thread.ts";
import { NoThreadError, openExactThread, StoppedError } from "../run/thread/thread.ts";
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
  let thread: ExactThread | null = null;
  const here = (): ExperimentFit => fitExperiment(experiment, data, free, { profile });
  const stops = interrupts(() => {
    say("stopping; the best parameters so far follow (again: quit at once)");
    thread?.stop();
  });
  try {
    thread = await openExactThread(undefined, (better) => {
      best = better;
    });
    if (!thread) return here();
    stops.listen();
    const fit = await thread.call("fit", { experiment, data, free, profile });
    if (stops.signal.aborted && fit.outcome !== "converged") throw new StoppedFit(best);
    return fit;
  } catch (error) {
    if (error instanceof StoppedError) throw new StoppedFit(best);
    if (error instanceof NoThreadError) return here();
    throw error;
  } finally {
    stops.release();
    thread?.close();
  }
}
