import type { Progress } from "../ensemble/simulate.ts";
import { UsageError } from "./exit.ts";

/** Seconds after which the speed of a run is known, and those that it may take unasked. */
const seenAfter = 2;
const mostSeconds = 3600;

const lasting = (seconds: number): string => {
  const [size, unit] = seconds < 2 * 86_400 ? [3600, "hours"] : [86_400, "days"];
  return `${Number((seconds / size).toPrecision(2))} ${unit}`;
};

/**
 * Watches the progress of a run: once its speed has been seen, a run that would take hours ends with the estimate, unless that
 * was asked for. Throws a UsageError.
 */
export function patience(isForced: boolean): (progress: Progress) => void {
  let isKnown = isForced;
  let first: Progress | undefined;
  return (progress) => {
    // what was done before a run went on is not its speed
    first ??= progress;
    const seconds = progress.seconds - first.seconds;
    if (isKnown || seconds < seenAfter) return;
    isKnown = true;
    const { step, steps, spinSteps } = progress;
    const done = step - first.step;
    if (done <= 0) return;
    const left = (seconds * (steps - step)) / done;
    if (left <= mostSeconds) return;
    const rate = (spinSteps - first.spinSteps) / seconds / 1e6;
    throw new UsageError(
      `the run would take ${lasting(left)} here: ${steps.toPrecision(3)} steps of ${Math.round(spinSteps / step)} spins at ${Number(rate.toPrecision(2))} million spin-steps a second. A shorter duration, fewer spins or a longer step (the automatic one resolves the narrowest feature) make it feasible; --force starts it all the same`,
    );
  };
}
