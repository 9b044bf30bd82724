const square = (x: number): number => (x > 0 ? x * x : 0);

/** A cell that changes by so much less in one direction than in the other is crossed by a straight front. */
const flat = 1e-3;

/**
 * Share of a cell in which a function is above zero: `middle` is its value in the middle, `along` and `across` by how much it changes from side to side
 * in two directions, as if it changed evenly. Sums of shares times masses have errors that fall with the square of the cells,
 * and no jumps when the function changes a little.
 */
export function shareAbove(middle: number, along: number, across: number): number {
  const most = Math.max(Math.abs(along), Math.abs(across));
  const least = Math.min(Math.abs(along), Math.abs(across));
  if (Math.abs(middle) >= (most + least) / 2) return middle > 0 ? 1 : 0;
  if (least < flat * most) return Math.min(1, Math.max(0, middle / most + 0.5));
  const outer = (most + least) / 2;
  const inner = (most - least) / 2;
  const corners =
    square(middle + outer) - square(middle + inner) - square(middle - inner) + square(middle - outer);
  return corners / (2 * most * least);
}
