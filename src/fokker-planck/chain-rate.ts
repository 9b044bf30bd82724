import { fittedRates, meridianCells } from "./cell-chain.ts";
import type { Exact } from "./exact.ts";

/**
 * The slowest axial rate of a single long slope, on which exp(−W) spans more than double precision. It is the second eigenvalue of a
 * chain of cells, whose symmetric form contains only differences of W between neighbours. Its error is of second order in the cells;
 * extrapolation over halved cells removes it, and `errorEstimate` is the relative size of this correction.
 */
export function chainRate(
  potential: (z: number) => number,
  diffusion: number,
  span: number,
): Exact<number> & { readonly value: number } {
  // the same number of cells in the width of a well, 1/√span, at every depth
  const cells = Math.ceil(4096 * Math.max(1, Math.sqrt(span / 3000)));
  const coarse = secondEigenvalue(potential, diffusion, cells);
  const fine = secondEigenvalue(potential, diffusion, 2 * cells);
  const rate = fine + (fine - coarse) / 3;
  return { value: rate, errorEstimate: Math.abs(fine / rate - 1) };
}

/** Second eigenvalue of the chain's symmetric matrix S, with up + down on the diagonal and −√(up·down) beside it, by bisection. */
function secondEigenvalue(potential: (z: number) => number, diffusion: number, cells: number): number {
  const { up, down } = fittedRates(meridianCells([-1, 1], cells), potential, diffusion);
  const diagonal = up.map((rate, i) => rate + down[i]);
  const squares = down.map((rate, i) => (i === 0 ? 0 : up[i - 1] * rate));
  /** Number of eigenvalues below x: the negative pivots of S − x (Sturm). */
  const below = (x: number): number => {
    let count = 0;
    let pivot = 1;
    for (let i = 0; i < cells; i++) {
      pivot = diagonal[i] - x - squares[i] / pivot;
      if (pivot === 0) pivot = 1e-300;
      if (pivot < 0) count++;
    }
    return count;
  };
  let [low, high] = [0, diffusion];
  while (below(high) < 2) [low, high] = [high, 2 * high];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (below(middle) < 2) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
