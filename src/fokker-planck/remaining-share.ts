/** Relative difference below which figures converge geometrically. */
const asymptotic = 0.02;
/**
 * If the difference decreases by this factor or more from one resolution to the next, the second number is the remaining share.
 */
const fast = 0.1;
const leastLeft = 0.2;

/**
 * Error of a figure as a share of its difference from the coarser resolution. `before` is the difference one resolution earlier if both
 * resolutions grew in all directions, else Infinity. Small differences decrease geometrically; the estimate assumes half of the power
 * that the last two show, and a factor of ten at most. `beforeAnyhow` is the earlier difference, whatever direction grew: if the later
 * one is much smaller, most of it is the error of the coarse resolution.
 */
export function remainingShare(
  difference: number,
  before: number,
  beforeAnyhow = Number.POSITIVE_INFINITY,
): number {
  if (beforeAnyhow < 1 && difference < fast * beforeAnyhow) return leastLeft;
  return before < asymptotic ? Math.min(1, Math.max(0.1, Math.sqrt(difference / before))) : 1;
}
