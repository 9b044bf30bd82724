import type { RingBasis } from "./assembly.ts";

const circle = (azimuths: number): { cosines: Float64Array; sines: Float64Array } => {
  const angles = Float64Array.from({ length: azimuths }, (_, j) => (2 * Math.PI * j) / azimuths);
  return { cosines: angles.map(Math.cos), sines: angles.map(Math.sin) };
};

/** f, ∂f/∂z, ∂f/∂φ of a function of the band at its nodes and equally spaced azimuths, row-major [z][φ]. */
export function bandFields(
  basis: RingBasis,
  azimuths: number,
  c: Float64Array,
): { values: Float64Array; alongZ: Float64Array; alongPhi: Float64Array } {
  const n = basis.nodes.length;
  const values = new Float64Array(n * azimuths);
  const alongZ = new Float64Array(n * azimuths);
  const alongPhi = new Float64Array(n * azimuths);
  const { cosines, sines } = circle(azimuths);
  const sums = [0, 1, 2, 3].map(() => new Float64Array(n));
  basis.levels.forEach((level, m) => {
    const scale = m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI);
    const [even, odd, evenSlope, oddSlope] = sums;
    for (const sum of sums) sum.fill(0);
    for (let i = 0; i < level.count; i++) {
      const even0 = scale * c[level.offset + i];
      const odd0 = m === 0 ? 0 : scale * c[level.offset + level.count + i];
      for (let q = 0; q < n; q++) {
        const [value, slope] = [level.values[i * n + q], level.slopes[i * n + q]];
        even[q] += even0 * value;
        odd[q] += odd0 * value;
        evenSlope[q] += even0 * slope;
        oddSlope[q] += odd0 * slope;
      }
    }
    const step = m % azimuths;
    for (let q = 0; q < n; q++) {
      const [a, b, da, db] = [even[q], odd[q], evenSlope[q], oddSlope[q]];
      const row = q * azimuths;
      for (let j = 0, turn = 0; j < azimuths; j++, turn += step, turn -= turn < azimuths ? 0 : azimuths) {
        const [cosine, sine] = [cosines[turn], sines[turn]];
        values[row + j] += a * cosine + b * sine;
        alongZ[row + j] += da * cosine + db * sine;
        alongPhi[row + j] += m * (b * cosine - a * sine);
      }
    }
  });
  return { values, alongZ, alongPhi };
}

/** ∫ (∂basis/∂z · fluxZ + ∂basis/∂φ · fluxPhi) over the band, for fluxes on the same grid: a divergence in weak form. */
export function projectFlux(
  basis: RingBasis,
  azimuths: number,
  fluxZ: Float64Array,
  fluxPhi: Float64Array,
): Float64Array {
  const n = basis.nodes.length;
  const out = new Float64Array(basis.size);
  const { cosines, sines } = circle(azimuths);
  const weights = [0, 1, 2, 3].map(() => new Float64Array(n));
  basis.levels.forEach(({ count, offset, values, slopes }, m) => {
    const scale =
      (m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI)) * ((2 * Math.PI) / azimuths);
    const step = m % azimuths;
    for (let q = 0; q < n; q++) {
      let [zc, zs, pc, ps] = [0, 0, 0, 0];
      const row = q * azimuths;
      for (let j = 0, turn = 0; j < azimuths; j++, turn += step, turn -= turn < azimuths ? 0 : azimuths) {
        const [c, s] = [cosines[turn], sines[turn]];
        zc += fluxZ[row + j] * c;
        zs += fluxZ[row + j] * s;
        pc += fluxPhi[row + j] * c;
        ps += fluxPhi[row + j] * s;
      }
      const weight = scale * basis.weights[q];
      // d/dφ cos mφ = −m sin mφ, d/dφ sin mφ = m cos mφ
      weights[0][q] = weight * zc;
      weights[1][q] = -weight * m * ps;
      weights[2][q] = weight * zs;
      weights[3][q] = weight * m * pc;
    }
    const [onSlope, onValue, sineOnSlope, sineOnValue] = weights;
    for (let i = 0; i < count; i++) {
      let [cosine, sine] = [0, 0];
      for (let q = 0; q < n; q++) {
        const [value, slope] = [values[i * n + q], slopes[i * n + q]];
        cosine += slope * onSlope[q] + value * onValue[q];
        sine += slope * sineOnSlope[q] + value * sineOnValue[q];
      }
      out[offset + i] = cosine;
      if (m > 0) out[offset + count + i] = sine;
    }
  });
  return out;
}
