/**
 * One more row of the tableau that extrapolates implicit Euler steps: from the value at j equal steps, and the row of j − 1 steps,
 * values of order 1 to j (P. Deuflhard, E. Hairer and J. Zugck, Numer. Math. 51 (1987) 501).
 */
export function nextRow(value: Float64Array, above: readonly Float64Array[]): Float64Array[] {
  const row = [value];
  const j = above.length + 1;
  for (let m = 1; m < j; m++) {
    const factor = 1 / (j / (j - m) - 1);
    const [better, before] = [row[m - 1], above[m - 1]];
    row.push(better.map((x, i) => x + factor * (x - before[i])));
  }
  return row;
}

/** Factor by which a step may grow or must shrink, if its error is `ratio` times the allowed one. */
export const stepFactor = (ratio: number, order: number): number =>
  Math.min(3, Math.max(0.2, 0.8 * ratio ** (-1 / order)));
