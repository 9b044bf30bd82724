import { readable } from "../figures/readable.ts";
import type { BestSoFar, ExperimentFit } from "../run/fit.ts";
import { fitBeside } from "../run/fit-beside.ts";
import type { FitProgress } from "../run/fit-progress.ts";
import type { Measurement } from "../run/measurement.ts";
import { fitLine } from "./fit-line.ts";
import { patienceWithFit } from "./patience.ts";

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

/** The paths of free parameters, as a flag lists them. */
export const pathsIn = (list: string): string[] => list.split(",").map((path) => path.trim());

/** How a fit is made. */
export interface AttendedFitFlags {
  /** Of the whole command. */
  readonly stop: AbortSignal;
  readonly profile?: boolean | undefined;
  /** Goes on however long it takes. */
  readonly force?: boolean | undefined;
}

/**
 * A fit that Ctrl-C ends within a second, with the best parameters so far in the error that it throws; where the fit itself is done, its
 * profile is missing with the reason. Throws a UsageError where it would take hours.
 */
export async function attendedFit(
  experiment: unknown,
  data: readonly Measurement[],
  free: readonly string[],
  { stop, profile, force = false }: AttendedFitFlags,
): Promise<ExperimentFit> {
  let best: BestSoFar | undefined;
  const line = fitLine(process.stderr);
  const tooLong = new AbortController();
  const endIfTooLong = patienceWithFit(force);
  const signal = AbortSignal.any([stop, tooLong.signal]);
  const onBetter = (better: BestSoFar): void => {
    best = better;
    line.better(better);
  };
  const onProgress = (progress: FitProgress): void => {
    if (signal.aborted) return;
    line.show(progress);
    try {
      endIfTooLong(progress);
    } catch (error) {
      tooLong.abort(error);
    }
  };
  try {
    return await fitBeside(experiment, data, free, { profile, signal, onBetter, onProgress });
  } catch (error) {
    if (stop.aborted && error === signal.reason) throw new StoppedFit(best);
    throw error;
  } finally {
    line.clear();
  }
}
