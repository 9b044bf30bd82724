import { readable } from "../figures/readable.ts";
import type { BestSoFar, ExperimentFit } from "../run/fit.ts";
import { fitBeside } from "../run/fit-beside.ts";
import type { FitProgress } from "../run/fit-progress.ts";
import type { Measurement } from "../run/measurement.ts";
import { fitLine } from "./fit-line.ts";
import { patienceWithFit } from "./patience.ts";

/** A fit that the user stopped, with the best parameters so far; another fit can start from them. */
export class StoppedFit extends Error {
  readonly best: BestSoFar | undefined;
  constructor(best: BestSoFar | undefined) {
    const settings = best?.names.map((name, i) => `--set ${name}=${best.values[i]}`).join(" ");
    super(
      best
        ? `stopped: the smallest chi-squared so far is ${readable(best.chiSquared)}; the same command with ${settings} continues from there`
        : "stopped before the first evaluation of the model",
    );
    this.best = best;
  }
}

/** The paths of free parameters, as a flag lists them. */
export const pathsIn = (list: string): string[] => list.split(",").map((path) => path.trim());

/** Options of a fit. */
export interface AttendedFitFlags {
  /** The signal that stops the whole command. */
  readonly stop: AbortSignal;
  readonly profile?: boolean | undefined;
  /** Continues even if the estimated time is very long. */
  readonly force?: boolean | undefined;
}

/**
 * Makes a fit that Ctrl-C ends within a second. The error that it then throws has the best parameters so far; if only the profile was
 * missing, the fit is returned with the reason instead. Throws a UsageError if the fit would take hours.
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
