/**
 * The slowest axial rate of a slope so long that both ends of the sphere never exchange, exp(−W) spanning more than double
 * precision resolves: a chain of cells, whose symmetric form knows differences of W between neighbours only.
 *
 * Cells of width dz hop with w exp(∓ΔW/2), w = D(1−z²)/dz² at the face between them: S = √(k⁺k⁻) off the diagonal. Its second
 * eigenvalue has an error of second order in dz, which halving dz takes out.
 */
export function chainRate(potential: (z: number) => number, diffusion: number): number {
  const coarse = secondEigenvalue(potential, diffusion, 4096);
  const fine = secondEigenvalue(potential, diffusion, 8192);
  return fine + (fine - coarse) / 3;
}

function secondEigenvalue(potential: (z: number) => number, diffusion: number, cells: number): number {
  const dz = 2 / cells;
  const diagonal = new Float64Array(cells);
  const squares = new Float64Array(cells);
  for (let i = 0; i + 1 < cells; i++) {
    const face = -1 + (i + 1) * dz;
    const hop = (diffusion * (1 - face * face)) / dz ** 2;
    const rise = potential(face + dz / 2) - potential(face - dz / 2);
    diagonal[i] += hop * Math.exp(-rise / 2);
    diagonal[i + 1] += hop * Math.exp(rise / 2);
    squares[i + 1] = hop * hop;
  }
  /** Eigenvalues below x: negative pivots of S − x (Sturm). */
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
