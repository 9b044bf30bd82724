import { gridSize } from "./tally.ts";

/** Mean and mean square of values from two sums of a kernel, and the widths of the ranges of these sums. */
interface CountedMean {
  readonly mean: number;
  readonly meanSquare: number;
  readonly count: number;
  readonly range: number;
  readonly rangeOfSquares: number;
  /** Whether the equation of motion makes all values equal: one start and no noise since. */
  readonly areEqual?: boolean;
}

/**
 * Standard error of a mean whose variance comes from counters. Each value of a sum is off by at most one unit of its grid: half a unit by
 * the grid, half by the float32 arithmetic before it. Values that lie close together have the same rounding error, so a mean may be off
 * by a whole unit, and the variance by the unit of the mean square plus twice the mean times the unit of the mean. Both are added.
 */
export function errorOfMean(counted: CountedMean): number {
  const { mean, meanSquare, count, range, rangeOfSquares, areEqual } = counted;
  if (count < 2 || areEqual) return 0;
  const [unit, unitOfSquares] = [range / gridSize, rangeOfSquares / gridSize];
  const variance = Math.max(meanSquare - mean * mean, 0) + unitOfSquares + 2 * Math.abs(mean) * unit;
  return Math.sqrt(variance / (count - 1)) + unit;
}
