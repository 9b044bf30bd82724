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
  for (let order = 0; order <= index.mmax; order++) {
    const top = topDegree(index, order);
    const legendre = associatedLegendre(order, top, rule.nodes);
    const count = top - order + 1;
    const scale = order === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI);
    const at = index.offsets[order];
    for (let q = 0; q < n; q++) {
      let [a, b, da, db] = [0, 0, 0, 0];
      for (let i = 0; i < count; i++) {
        const [value, slope] = [legendre.values[i * n + q], legendre.slopes[i * n + q]];
        a += f[at + i] * value;
        da += f[at + i] * slope;
        if (order > 0) {
          b += f[at + count + i] * value;
          db += f[at + count + i] * slope;
        }
      }
      if (a === 0 && b === 0 && da === 0 && db === 0) continue;
      for (let j = 0; j < azimuths; j++) {
        const turn = (order * j) % azimuths;
        const c = scale * cosines[turn];
        const s = scale * sines[turn];
        values[q * azimuths + j] += a * c + b * s;
        alongZ[q * azimuths + j] += da * c + db * s;
        alongPhi[q * azimuths + j] += order * (b * c - a * s);
      }
    }
  }
  return { values, alongZ, alongPhi };
}
