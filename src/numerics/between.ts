/** How numbers are spread between two ends: evenly, or by equal factors. */
export type Spacing = "linear" | "log";

/** Whether numbers can be spread by factors between two ends, however large or small their product is. */
export const haveOneSign = (from: number, to: number): boolean => Math.sign(from) * Math.sign(to) > 0;

/** Least double with all of its digits. */
const leastNormal = 2 ** -1022;

/** `from` times the factor to `to`, raised to a share; in two halves where doubles do not hold the factor itself. */
function byFactors(from: number, to: number, share: number): number {
  const factor = to / from;
  if (factor >= leastNormal && factor < Number.POSITIVE_INFINITY) return from * factor ** share;
  const half = (Math.sqrt(Math.abs(to)) / Math.sqrt(Math.abs(from))) ** share;
  return from * half * half;
}

/**
 * The number at a share from 0 to 1 of the way between two others, exactly `from` and `to` at its ends; also where their difference or
 * their ratio overflows. By factors both must have one sign.
 */
export function between(from: number, to: number, share: number, spacing: Spacing = "linear"): number {
  if (share === 0) return from;
  if (share === 1) return to;
  if (spacing === "log") return byFactors(from, to, share);
  const difference = to - from;
  return Number.isFinite(difference) ? from + difference * share : from * (1 - share) + to * share;
}
