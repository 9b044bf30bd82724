import FFT from "fft.js";
import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import { legendreColumn } from "../numerics/associated-legendre.ts";
import { scatteredFourier } from "../numerics/scattered-fourier.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { topDegree } from "./harmonics.ts";
import type { PointMass } from "./initial-well.ts";

/**
 * Σ mass·Y(m) over many points at once. A harmonic is a sum of waves in the polar angle and the azimuth, so sums of waves over the points
 * are enough. They are evaluated at evenly spaced polar angles and summed there with Legendre functions. The cost is points plus
 * harmonics times degree, not their product.
 */
export function harmonicsOfMasses(index: HarmonicIndex, points: readonly PointMass[]): Float64Array {
  const { lmax, mmax } = index;
  const { real, imaginary } = scatteredFourier(
    {
      x: Float64Array.from(points, ({ m: [x, y, z] }) => Math.atan2(Math.hypot(x, y), z)),
      y: Float64Array.from(points, ({ m: [x, y] }) => Math.atan2(y, x)),
      mass: Float64Array.from(points, ({ mass }) => mass),
    },
    lmax,
    mmax,
  );
  throwIfInterrupted();
  // the polar angle runs over a full circle: beyond π are the same points with the azimuth turned by π
  const n = 2 ** Math.ceil(Math.log2(2 * lmax + 2));
  const transform = new FFT(n);
  const [waves, values] = [new Float64Array(2 * n), new Float64Array(2 * n)];
  const out = new Float64Array(index.size);
  const column = new Float64Array(lmax + 1);
  for (let m = 0; m <= mmax; m++) {
    waves.fill(0);
    for (let k = -lmax; k <= lmax; k++) {
      const [at, from] = [2 * ((k + n) % n), m * (2 * lmax + 1) + lmax + k];
      waves[at] = real[from];
      waves[at + 1] = imaginary[from];
    }
    transform.transform(values, waves);
    const count = topDegree(index, m) - m + 1;
    const scale = (m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI)) / n;
    const [cosine, sine] = [index.offsets[m], index.offsets[m] + count];
    for (let j = 0; j <= n / 2; j++) {
      const other = j === 0 || j === n / 2 ? -1 : n - j;
      const sign = m % 2 === 0 ? scale : -scale;
      const a = scale * values[2 * j] + (other < 0 ? 0 : sign * values[2 * other]);
      const b = scale * values[2 * j + 1] + (other < 0 ? 0 : sign * values[2 * other + 1]);
      legendreColumn(m, m + count - 1, Math.cos((2 * Math.PI * j) / n), column);
      for (let i = 0; i < count; i++) {
        out[cosine + i] += a * column[i];
        if (m > 0) out[sine + i] += b * column[i];
      }
    }
  }
  return out;
}
