import type { Result } from "../result.ts";
import { stoppedByUser } from "./thread/stopped.ts";

/**
 * Whether a stop has left out figures: whether its reason stands anywhere but in the experiment, whose texts are the
 * user's.
 */
export const isCutShort = ({ experiment: _, ...figures }: Pick<Result, "experiment">): boolean =>
  JSON.stringify(figures).includes(`"${stoppedByUser}"`);

/** Adds `stopped` to a result if the signal has stopped the ensemble or left out figures. */
export const sayingStopped = (result: Result, signal: AbortSignal | undefined): Result =>
  signal?.aborted && (result.outcome === "stopped" || isCutShort(result))
    ? { ...result, stopped: true }
    : result;
