import { chunkLength } from "../../src/ensemble/kernel.ts";

/** Half a unit in the last place of float32, near one. */
const rounding = 2 ** -24;
/**
 * Number of successive roundings in a step that change the length: of a rotation's coefficients and of the products
 * with them.
 */
const perStep = 8;

/** Largest change of a length in one chunk of steps, if all roundings add up. */
export const chunkBound = chunkLength * perStep * rounding;

/** The largest | |m| − 1 | and the mean of |m| − 1 of spins, from columns that start with mx, my, mz. */
export function largestDrift([mx, my, mz]: readonly ArrayLike<number>[]): { largest: number; mean: number } {
  const drifts = Array.from(mx, (x, i) => Math.hypot(x, my[i], mz[i]) - 1);
  return {
    largest: drifts.reduce((most, drift) => Math.max(most, Math.abs(drift)), 0),
    mean: drifts.reduce((sum, drift) => sum + drift, 0) / drifts.length,
  };
}
