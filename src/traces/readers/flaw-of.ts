/** SCPI's ±9.9e37 for an overload and 9.91e37 for a missing value, as single precision may hold them. */
const smallestMark = 9.89e37;

/** What is wrong with a sample, as the end of a sentence; null if it is valid. */
export function flawOf(value: number): string | null {
  if (!Number.isFinite(value)) return "not a finite number";
  return Math.abs(value) < smallestMark
    ? null
    : "which instruments write where the signal is beyond the range or missing";
}
