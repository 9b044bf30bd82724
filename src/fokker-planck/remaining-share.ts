/** Relative difference from which on figures converge geometrically. */
const asymptotic = 0.02;
/** Differences that fall by more than this from one resolution to the next, and the least share of the last that is left then. */
const fast = 0.1;
const leastLeft = 0.2;

/**
 * What of its difference from a coarser resolution a figure may still err by, as a share. `before` is the difference one resolution
 * earlier where both resolutions grew in all directions, else Infinity: differences fall geometrically once they are small; half of
 * the power that the last two show is counted on, and a factor of ten at the most. `beforeAnyhow` is the earlier difference, in
 * whatever direction the resolution grew: where the later one is far smaller, most of it is the error of the coarse resolution.
 */
export function stillMissing(
  difference: number,
  before: number,
  beforeAnyhow = Number.POSITIVE_INFINITY,
): number {
  if (beforeAnyhow < 1 && difference < fast * beforeAnyhow) return leastLeft;
  return before < asymptotic ? Math.min(1, Math.max(0.1, Math.sqrt(difference / before))) : 1;
}
