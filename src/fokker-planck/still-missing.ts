/** Relative difference from which on figures converge geometrically. */
const asymptotic = 0.02;

/**
 * What of its difference from a coarser resolution a figure may still err by, `before` being the difference one resolution earlier.
 * Differences fall geometrically once they are small; half of the power that the last two show is counted on, and a factor of
 * ten at the most.
 */
export function stillMissing(difference: number, before: number): number {
  return before < asymptotic ? Math.min(1, Math.max(0.1, Math.sqrt(difference / before))) : 1;
}
