import type { BandBasis } from "./band-basis.ts";
import { bandRows, powerOfSine } from "./band-basis.ts";
import type { PointMass } from "./initial-well.ts";
import type { StationaryOnGrid } from "./stationary-on-grid.ts";

/**
 * Where dwells start on the thresholds, as shares of all entries. First crossings of `up` since `down` are the current of the density
 * labelled "down", which vanishes on `up`: D(1−z²) times its slope. On `down` it is the current of g in the same way. `labelled` are the
 * coefficients of g minus ρ_s times the linear function of z from 0 on `down` to 1 on `up`.
 */
export function entriesOf(
  basis: BandBasis,
  labelled: Float64Array,
  stationary: StationaryOnGrid,
): { up: PointMass[]; down: PointMass[] } {
  const { from, to } = basis.band;
  const azimuths = 4 * basis.mmax + 32;
  const on = (rim: number): PointMass[] => {
    const nodes = Float64Array.of(rim);
    const { values } = stationary.sample({ nodes, weights: Float64Array.of(1) }, azimuths);
    const slopes = rimSlopes(basis, labelled, rim, azimuths);
    const currents = values.map((rho, j) => rho / (to - from) + slopes[j]);
    const total = currents.reduce((sum, current) => sum + current, 0);
    const s = Math.sqrt((1 - rim) * (1 + rim));
    return Array.from(currents, (current, j): PointMass => {
      const phi = (2 * Math.PI * j) / azimuths;
      return { m: [s * Math.cos(phi), s * Math.sin(phi), rim], mass: current / total };
    });
  };
  return { up: on(to), down: on(from) };
}

/** d/dz of an expansion on a rim, at equally spaced azimuths. */
function rimSlopes(
  { band, count, mmax, levels }: BandBasis,
  coefficients: Float64Array,
  rim: number,
  azimuths: number,
): Float64Array {
  const rows = [0, 1, 2, 3].map((power) => bandRows(band, count, power, Float64Array.of(rim)).slopes);
  const out = new Float64Array(azimuths);
  for (let m = 0; m <= mmax; m++) {
    const slopes = rows[powerOfSine(m)];
    const { offset } = levels[m];
    const scale = m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI);
    let [along, across] = [0, 0];
    for (let i = 0; i < count; i++) {
      along += scale * slopes[i] * coefficients[offset + i];
      if (m > 0) across += scale * slopes[i] * coefficients[offset + count + i];
    }
    for (let j = 0; j < azimuths; j++) {
      const angle = (2 * Math.PI * ((m * j) % azimuths)) / azimuths;
      out[j] += along * Math.cos(angle) + across * Math.sin(angle);
    }
  }
  return out;
}
