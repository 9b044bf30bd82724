import FFT from "fft.js";
import { gaussLegendreOn } from "./gauss-legendre.ts";

/** Points of the torus, each with a mass; angles in radians. */
export interface ScatteredMasses {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mass: Float64Array;
}

/** Cells of the fine grid over which a mass is spread; the error is then 1e-14 of the masses. */
const width = 16;
/** Masses below this share of the largest are lost in the rounding of the sum. */
const negligible = 1e-19;
/**
 * Shape parameter of the kernel for a grid at least twice as fine as the highest wave number needs
 * (Barnett, Magland and af Klinteberg 2019).
 */
const shape = 2.3 * width;
const kernel = (u: number): number =>
  Math.exp(shape * (Math.sqrt(Math.max(0, 1 - (2 * u * (2 * u)) / width ** 2)) - 1));

/** Fourier transform of the kernel at wave number k on a grid of n cells. */
function transformed(n: number): (k: number) => number {
  const { nodes, weights } = gaussLegendreOn(60, 0, width / 2);
  const values = nodes.map((u, i) => 2 * weights[i] * kernel(u));
  return (k) => values.reduce((sum, value, i) => sum + value * Math.cos((2 * Math.PI * k * nodes[i]) / n), 0);
}

const fineGrid = (highest: number): number =>
  2 ** Math.ceil(Math.log2(Math.max(2 * width, 2 * (2 * highest + 1))));

/**
 * Σ mass·exp(i(kx + my)) for |k| ≤ kmax, 0 ≤ m ≤ mmax, row-major [m][kmax + k]: masses are spread over a
 * fine grid by a kernel; the grid is transformed and divided by the kernel's transform. Absolute error
 * about 1e-14 of the sum of masses.
 */
export function scatteredFourier(
  { x, y, mass }: ScatteredMasses,
  kmax: number,
  mmax: number,
): { readonly real: Float64Array; readonly imaginary: Float64Array } {
  const [nx, ny] = [fineGrid(kmax), fineGrid(mmax)];
  const grid = spread({ x, y, mass }, nx, ny);
  const row = new FFT(ny);
  const column = new FFT(nx);
  const columns = new Float64Array(2 * nx * (mmax + 1));
  const half = new Float64Array(2 * ny);
  for (let i = 0; i < nx; i++) {
    row.realTransform(half, grid.subarray(i * ny, (i + 1) * ny));
    for (let m = 0; m <= mmax; m++) {
      columns[2 * (m * nx + i)] = half[2 * m];
      columns[2 * (m * nx + i) + 1] = half[2 * m + 1];
    }
  }
  const [alongX, alongY] = [transformed(nx), transformed(ny)];
  const byX = Float64Array.from({ length: 2 * kmax + 1 }, (_, i) => 1 / alongX(i - kmax));
  const count = 2 * kmax + 1;
  const real = new Float64Array(count * (mmax + 1));
  const imaginary = new Float64Array(count * (mmax + 1));
  const out = new Float64Array(2 * nx);
  for (let m = 0; m <= mmax; m++) {
    column.transform(out, columns.subarray(2 * m * nx, 2 * (m + 1) * nx));
    const byY = 1 / alongY(m);
    for (let i = 0; i < count; i++) {
      const k = (i - kmax + nx) % nx;
      real[m * count + i] = byX[i] * byY * out[2 * k];
      // the transform is one of exp(−i…)
      imaginary[m * count + i] = -byX[i] * byY * out[2 * k + 1];
    }
  }
  return { real, imaginary };
}

/** Masses on a grid of nx × ny, row-major, each by the kernel over its nearest cells. */
function spread({ x, y, mass }: ScatteredMasses, nx: number, ny: number): Float64Array {
  const grid = new Float64Array(nx * ny);
  const around = (angle: number, n: number, weights: Float64Array): number => {
    const at = ((angle / (2 * Math.PI)) * n) % n;
    const first = Math.ceil(at - width / 2);
    for (let i = 0; i < width; i++) weights[i] = kernel(first + i - at);
    return first + n;
  };
  const [wx, wy] = [new Float64Array(width), new Float64Array(width)];
  const places = new Int32Array(width);
  const floor = negligible * mass.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let p = 0; p < mass.length; p++) {
    if (Math.abs(mass[p]) <= floor) continue;
    const [i0, j0] = [around(x[p], nx, wx), around(y[p], ny, wy)];
    for (let j = 0; j < width; j++) places[j] = (j0 + j) % ny;
    for (let i = 0; i < width; i++) {
      const scale = mass[p] * wx[i];
      const from = ((i0 + i) % nx) * ny;
      for (let j = 0; j < width; j++) grid[from + places[j]] += scale * wy[j];
    }
  }
  return grid;
}
