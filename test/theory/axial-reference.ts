/**
 * An independent calculation for the tests: the axial Fokker–Planck equation on equal cells of mz, in symmetric form
 * K f = λ M f with M = e^{−U} on cells and fluxes D(1−z²)e^{−U} on faces. K⁻¹ is two cumulative sums, free of cancellation.
 * Units: D = 1. Second order in 1/cells; `richardson` removes the leading error.
 */
function green(delta: number, h: number, cells: number) {
  const energy = (z: number) => -delta * z * (z + 2 * h);
  const lowest = Math.min(energy(-1), energy(1));
  const width = 2 / cells;
  const centre = Array.from({ length: cells }, (_, i) => -1 + (i + 0.5) * width);
  const mass = centre.map((z) => width * Math.exp(lowest - energy(z)));
  const flux = centre.map((_, i) => {
    const z = -1 + (i + 1) * width;
    return ((1 - z * z) * Math.exp(lowest - energy(z))) / width;
  });
  const all = mass.reduce((a, b) => a + b, 0);
  const centred = (f: number[]) => {
    const mean = f.reduce((sum, v, i) => sum + v * mass[i], 0) / all;
    return f.map((v) => v - mean);
  };
  const inner = (f: number[], g: number[]) => f.reduce((sum, v, i) => sum + v * g[i] * mass[i], 0);
  const invert = (g: number[]) => {
    // −flux_i (f_{i+1} − f_i) = Σ_{j≤i} M_j g_j, summed from the lighter side.
    const left = [0];
    for (let i = 0; i < cells; i++) left.push(left[i] + mass[i] * g[i]);
    const right = new Array<number>(cells + 1).fill(0);
    for (let i = cells - 1; i >= 0; i--) right[i] = right[i + 1] - mass[i] * g[i];
    const f = [0];
    for (let i = 0; i + 1 < cells; i++) {
      const passed = Math.abs(left[i + 1]) < Math.abs(right[i + 1]) ? left[i + 1] : right[i + 1];
      f.push(f[i] - passed / flux[i]);
    }
    return centred(f);
  };
  return { centre, centred, inner, invert };
}

const richardson = (of: (cells: number) => number): number => (4 * of(4000) - of(2000)) / 3;

/** Smallest nonzero eigenvalue over D. */
export const axialEigenvalue = (delta: number, h = 0): number =>
  richardson((cells) => {
    const { centre, centred, inner, invert } = green(delta, h, cells);
    let g = centred([...centre]);
    let eigenvalue = 0;
    for (let n = 0; n < 40; n++) {
      const f = invert(g);
      eigenvalue = inner(g, g) / inner(f, g);
      const size = Math.sqrt(inner(f, f));
      g = f.map((v) => v / size);
    }
    return eigenvalue;
  });

/** Integral relaxation time of mz, times D. */
export const axialRelaxation = (delta: number, h = 0): number =>
  richardson((cells) => {
    const { centre, centred, inner, invert } = green(delta, h, cells);
    const g = centred([...centre]);
    return inner(invert(g), g) / inner(g, g);
  });
