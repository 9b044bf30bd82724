/**
 * The values below which given shares of a sample lie: order statistics, without interpolation. The sample
 * is not changed.
 */
export function quantilesOf(values: ArrayLike<number>): (share: number) => number {
  const sorted = Float64Array.from(values).sort();
  return (share) => sorted[Math.floor(share * (sorted.length - 1))];
}
