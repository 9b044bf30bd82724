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
  basis.levels.forEach((level, m) => {
    const scale = m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI);
    for (let q = 0; q < n; q++) {
      let [a, b, da, db] = [0, 0, 0, 0];
      for (let i = 0; i < level.count; i++) {
        const [value, slope] = [level.values[i * n + q], level.slopes[i * n + q]];
        a += c[level.offset + i] * value;
        da += c[level.offset + i] * slope;
        if (m === 0) continue;
        b += c[level.offset + level.count + i] * value;
        db += c[level.offset + level.count + i] * slope;
      }
      for (let j = 0; j < azimuths; j++) {
        const turn = (m * j) % azimuths;
        const [cosine, sine] = [scale * cosines[turn], scale * sines[turn]];
        values[q * azimuths + j] += a * cosine + b * sine;
        alongZ[q * azimuths + j] += da * cosine + db * sine;
        alongPhi[q * azimuths + j] += m * (b * cosine - a * sine);
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
  basis.levels.forEach(({ count, offset, values, slopes }, m) => {
    const scale =
      (m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI)) * ((2 * Math.PI) / azimuths);
    for (let q = 0; q < n; q++) {
      let [zc, zs, pc, ps] = [0, 0, 0, 0];
      for (let j = 0; j < azimuths; j++) {
        const turn = (m * j) % azimuths;
        const [c, s] = [cosines[turn], sines[turn]];
        zc += fluxZ[q * azimuths + j] * c;
        zs += fluxZ[q * azimuths + j] * s;
        pc += fluxPhi[q * azimuths + j] * c;
        ps += fluxPhi[q * azimuths + j] * s;
      }
      const weight = scale * basis.weights[q];
      for (let i = 0; i < count; i++) {
        const [value, slope] = [values[i * n + q], slopes[i * n + q]];
        // d/dφ cos mφ = −m sin mφ, d/dφ sin mφ = m cos mφ
        out[offset + i] += weight * (slope * zc - m * value * ps);
        if (m > 0) out[offset + count + i] += weight * (slope * zs + m * value * pc);
      }
    }
  });
  return out;
}
