/** The values of a sample below which a given share of it lies: order statistics, without interpolation. The sample stays as it is. */
export function quantilesOf(values: ArrayLike<number>): (share: number) => number {
  const sorted = Float64Array.from(values).sort();
  return (share) => sorted[Math.floor(share * (sorted.length - 1))];
}
