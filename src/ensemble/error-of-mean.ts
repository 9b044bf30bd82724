import { gridSize } from "./tally.ts";

/** Mean and mean square of values as two sums of a kernel give them, and the widths of the ranges of these sums. */
interface CountedMean {
  readonly mean: number;
  readonly meanSquare: number;
  readonly count: number;
  readonly range: number;
  readonly rangeOfSquares: number;
  /** Whether the values are equal by the equation: one start and no noise since. */
  readonly areEqual?: boolean;
}

/**
 * Standard error of a mean whose variance comes from counters. Each value of a sum is off by at most one unit of its grid: half a
 * unit by the grid, half by the float32 arithmetic before it. Values close together are all off alike, so a mean may be off by the
 * whole unit and the variance by that of the mean square and twice the mean times that of the mean. Both are added.
 */
export function errorOfMean(counted: CountedMean): number {
  const { mean, meanSquare, count, range, rangeOfSquares, areEqual } = counted;
  if (count < 2 || areEqual) return 0;
  const [unit, unitOfSquares] = [range / gridSize, rangeOfSquares / gridSize];
  const variance = Math.max(meanSquare - mean * mean, 0) + unitOfSquares + 2 * Math.abs(mean) * unit;
  return Math.sqrt(variance / (count - 1)) + unit;
}
