import { associatedLegendre } from "../numerics/associated-legendre.ts";
import type { HarmonicIndex, SphereGrid } from "./harmonics.ts";
import { topDegree } from "./harmonics.ts";

/** f, ∂f/∂z and ∂f/∂φ on a grid. */
export function valuesAndSlopes(
  index: HarmonicIndex,
  { rule, azimuths }: SphereGrid,
  f: Float64Array,
): { values: Float64Array; alongZ: Float64Array; alongPhi: Float64Array } {
  const n = rule.nodes.length;
  const values = new Float64Array(n * azimuths);
  const alongZ = new Float64Array(n * azimuths);
  const alongPhi = new Float64Array(n * azimuths);
  const cosines = Float64Array.from({ length: azimuths }, (_, j) => Math.cos((2 * Math.PI * j) / azimuths));
  const sines = Float64Array.from({ length: azimuths }, (_, j) => Math.sin((2 * Math.PI * j) / azimuths));
  const [even, odd, evenSlope, oddSlope] = [0, 1, 2, 3].map(() => new Float64Array(n));
  for (let order = 0; order <= index.mmax; order++) {
    const step = order % azimuths;
    const top = topDegree(index, order);
    const { values: own, slopes } = associatedLegendre(order, top, rule.nodes);
    const count = top - order + 1;
    const scale = order === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI);
    const at = index.offsets[order];
    for (const sum of [even, odd, evenSlope, oddSlope]) sum.fill(0);
    for (let i = 0; i < count; i++) {
      const [c, s] = [scale * f[at + i], order > 0 ? scale * f[at + count + i] : 0];
      if (c === 0 && s === 0) continue;
      for (let q = 0; q < n; q++) {
        const [value, slope] = [own[i * n + q], slopes[i * n + q]];
        even[q] += c * value;
        odd[q] += s * value;
        evenSlope[q] += c * slope;
        oddSlope[q] += s * slope;
      }
    }
    for (let q = 0; q < n; q++) {
      const [a, b, da, db] = [even[q], odd[q], evenSlope[q], oddSlope[q]];
      if (a === 0 && b === 0 && da === 0 && db === 0) continue;
      const row = q * azimuths;
      for (let j = 0, turn = 0; j < azimuths; j++, turn += step, turn -= turn < azimuths ? 0 : azimuths) {
        const [c, s] = [cosines[turn], sines[turn]];
        values[row + j] += a * c + b * s;
        alongZ[row + j] += da * c + db * s;
        alongPhi[row + j] += order * (b * c - a * s);
      }
    }
  }
  return { values, alongZ, alongPhi };
}
