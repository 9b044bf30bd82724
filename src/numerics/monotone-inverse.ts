/**
 * The x in [low, high] at which an increasing function takes the value target, by bisection to the last digit.
 * Slow and certain; for quantiles, which are few. The ends are returned when target lies outside the range.
 */
export function monotoneInverse(
  increasing: (x: number) => number,
  target: number,
  low: number,
  high: number,
): number {
  for (let i = 0; i < 1100; i++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (increasing(middle) < target) low = middle;
    else high = middle;
  }
  return high;
}
