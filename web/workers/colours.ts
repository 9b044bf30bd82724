/** viridis (van der Walt and Smith 2015): perceptually uniform, and readable for colour-blind eyes. */
const viridis: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [180, 222, 44],
  [253, 231, 37],
];

/** Red, green and blue, 0 to 255, of a place on the scale from 0 to 1. */
export function colourOf(x: number): [number, number, number] {
  const list = viridis;
  const place = Math.max(0, Math.min(1, x)) * (list.length - 1);
  const low = Math.min(list.length - 2, Math.floor(place));
  const u = place - low;
  return [0, 1, 2].map((k) => list[low][k] + u * (list[low + 1][k] - list[low][k])) as [
    number,
    number,
    number,
  ];
}

/** Decades of density below the peak that the colours span. */
export const decades = 3;

/** The largest value, above zero. */
export const largest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), 1e-300);

/** Position of a bin's count on the logarithmic colour scale; counts from the peak on are at 1. */
export const brightness = (count: number, fullest: number): number =>
  count <= 0 ? 0 : Math.max(0, Math.min(1, 1 + Math.log10(count / fullest) / decades));

/**
 * Counts of an equal-area map as positions on the colour scale below a given peak, or below their own, lightly smoothed
 * against shot noise.
 */
export function brightnessMap(
  counts: Float64Array,
  rows: number,
  columns: number,
  peak?: number,
): Float32Array {
  const smooth = new Float64Array(counts.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const at = (di: number, dj: number) =>
        counts[Math.max(0, Math.min(rows - 1, i + di)) * columns + ((j + dj + columns) % columns)];
      smooth[i * columns + j] = (4 * at(0, 0) + at(1, 0) + at(-1, 0) + at(0, 1) + at(0, -1)) / 8;
    }
  const fullest = peak ?? largest(smooth);
  return Float32Array.from(smooth, (x) => brightness(x, fullest));
}
