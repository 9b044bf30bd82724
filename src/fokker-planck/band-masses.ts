import { scatteredFourier } from "../numerics/scattered-fourier.ts";
import type { BandBasis } from "./band-basis.ts";
import { bandRows, powerOfSine } from "./band-basis.ts";
import type { PointMass } from "./initial-well.ts";

/** Degree of a function's polynomial minus its number: two rim factors and a square of the sine. */
const beyondCount = 4;

/**
 * Σ mass·function over many points of a band at once, for all functions of its basis. A function is a polynomial along z, times the sine
 * of the polar angle for odd orders: waves in the arccos of the position in the band and in the azimuth are summed over the points and
 * converted to masses at Chebyshev nodes, which give the same sum for every polynomial.
 */
export function massesOnBand(
  { band, count, mmax, size, levels }: BandBasis,
  masses: readonly PointMass[],
): Float64Array {
  const { from, to } = band;
  const n = count + beyondCount;
  const angles = Float64Array.from({ length: n }, (_, q) => ((q + 0.5) * Math.PI) / n);
  const nodes = angles.map((x) => (to + from) / 2 + ((to - from) / 2) * Math.cos(x));
  const sines = nodes.map((z) => Math.sqrt((1 - z) * (1 + z)));
  const place = Float64Array.from(masses, ({ m }) =>
    Math.acos(Math.max(-1, Math.min(1, (2 * m[2] - to - from) / (to - from)))),
  );
  const azimuth = Float64Array.from(masses, ({ m }) => Math.atan2(m[1], m[0]));
  const waves = [0, 1].map((parity) =>
    scatteredFourier(
      {
        x: place,
        y: azimuth,
        mass: Float64Array.from(masses, ({ m, mass }) => mass * (parity ? Math.hypot(m[0], m[1]) : 1)),
      },
      n - 1,
      mmax,
    ),
  );
  const rows = [0, 1, 2, 3].map((power) => bandRows(band, count, power, nodes).values);
  const cosines = Float64Array.from({ length: 4 * n }, (_, k) => Math.cos((k * Math.PI) / (2 * n)));
  const out = new Float64Array(size);
  for (let m = 0; m <= mmax; m++) {
    const { real, imaginary } = waves[m % 2];
    const zero = m * (2 * n - 1) + n - 1;
    const scale = (m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI)) / n;
    const values = rows[powerOfSine(m)];
    const { offset } = levels[m];
    for (let q = 0; q < n; q++) {
      let [even, odd] = [real[zero], imaginary[zero]];
      for (let k = 1; k < n; k++) {
        const wave = cosines[(k * (2 * q + 1)) % (4 * n)];
        even += wave * (real[zero + k] + real[zero - k]);
        odd += wave * (imaginary[zero + k] + imaginary[zero - k]);
      }
      const share = m % 2 ? scale / sines[q] : scale;
      for (let i = 0; i < count; i++) {
        out[offset + i] += share * even * values[i * n + q];
        if (m > 0) out[offset + count + i] += share * odd * values[i * n + q];
      }
    }
  }
  return out;
}
