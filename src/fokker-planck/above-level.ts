const square = (x: number): number => (x > 0 ? x * x : 0);

/** If the change in one direction is below this share of the change in the other, the level is a straight line across the cell. */
const flat = 1e-3;

/**
 * Share of a cell in which a function is above zero: `middle` is its value in the middle; `along` and `across` are its changes across the
 * cell in two directions. The function is taken as linear. Sums of shares times masses then have errors of second order in the cell size,
 * and change continuously with the function.
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
