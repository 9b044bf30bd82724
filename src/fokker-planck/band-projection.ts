import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import type { RingBasis } from "./assembly.ts";
import { fourierRows } from "./azimuth-waves.ts";

/** ∫ basis function × f over the band, f sampled row-major [z][φ] with `azimuths` columns. */
export function projectOnBand(
  basis: RingBasis,
  azimuths: number,
  f: (q: number, j: number) => number,
): Float64Array {
  const n = basis.nodes.length;
  const samples = Float64Array.from({ length: n * azimuths }, (_, k) => f((k / azimuths) | 0, k % azimuths));
  return projected(basis, azimuths, samples, undefined);
}

/** ∫ (∂basis/∂z · fluxZ + ∂basis/∂φ · fluxPhi) over the band, for fluxes on the same grid: a divergence in weak form. */
export const projectFlux = (
  basis: RingBasis,
  azimuths: number,
  fluxZ: Float64Array,
  fluxPhi: Float64Array,
): Float64Array => projected(basis, azimuths, undefined, { fluxZ, fluxPhi });

function projected(
  basis: RingBasis,
  azimuths: number,
  f: Float64Array | undefined,
  flux: { readonly fluxZ: Float64Array; readonly fluxPhi: Float64Array } | undefined,
): Float64Array {
  const n = basis.nodes.length;
  const mmax = basis.levels.length - 1;
  const waves = (samples: Float64Array | undefined) => samples && fourierRows(samples, n, azimuths, mmax);
  const [own, along, around] = [f, flux?.fluxZ, flux?.fluxPhi].map(waves);
  const out = new Float64Array(basis.size);
  const [onValue, onSlope, sineOnValue, sineOnSlope] = [0, 1, 2, 3].map(() => new Float64Array(n));
  basis.levels.forEach(({ count, offset, values, slopes }, m) => {
    throwIfInterrupted();
    // ∫ dφ of a constant, and of the square of a wave
    const scale = m === 0 ? Math.sqrt(2 * Math.PI) : Math.sqrt(Math.PI);
    for (let q = 0; q < n; q++) {
      const weight = scale * basis.weights[q];
      const at = m * n + q;
      // d/dφ cos mφ = −m sin mφ, d/dφ sin mφ = m cos mφ
      onValue[q] = weight * ((own?.cosine[at] ?? 0) - m * (around?.sine[at] ?? 0));
      sineOnValue[q] = weight * ((own?.sine[at] ?? 0) + m * (around?.cosine[at] ?? 0));
      onSlope[q] = weight * (along?.cosine[at] ?? 0);
      sineOnSlope[q] = weight * (along?.sine[at] ?? 0);
    }
    for (let i = 0; i < count; i++) {
      let [cosine, sine] = [0, 0];
      for (let q = 0; q < n; q++) {
        const [value, slope] = [values[i * n + q], slopes[i * n + q]];
        cosine += value * onValue[q] + slope * onSlope[q];
        sine += value * sineOnValue[q] + slope * sineOnSlope[q];
      }
      out[offset + i] = cosine;
      if (m > 0) out[offset + count + i] = sine;
    }
  });
  return out;
}
