import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import { associatedLegendre } from "../numerics/associated-legendre.ts";
import type { RingBasis } from "./assembly.ts";
import { sumsOfWaves, turnedWaves } from "./azimuth-waves.ts";
import type { HarmonicIndex, SphereGrid } from "./harmonics.ts";
import { topDegree } from "./harmonics.ts";

/** f, ∂f/∂z and ∂f/∂φ, row-major [z][φ]. */
export interface ValuesAndSlopes {
  readonly values: Float64Array;
  readonly alongZ: Float64Array;
  readonly alongPhi: Float64Array;
}

/** Values and slopes of an expansion in harmonics on a grid. */
export function valuesAndSlopes(
  index: HarmonicIndex,
  { rule, azimuths }: SphereGrid,
  f: Float64Array,
): ValuesAndSlopes {
  return ofLevels(
    rule.nodes.length,
    azimuths,
    index.mmax,
    (m) => {
      const top = topDegree(index, m);
      return { count: top - m + 1, offset: index.offsets[m], ...associatedLegendre(m, top, rule.nodes) };
    },
    f,
  );
}

/** Values and slopes of a function of a band, at its nodes and equally spaced azimuths. */
export const bandFields = (
  { nodes, levels }: RingBasis,
  azimuths: number,
  f: Float64Array,
): ValuesAndSlopes => ofLevels(nodes.length, azimuths, levels.length - 1, (m) => levels[m], f);

function ofLevels(
  n: number,
  azimuths: number,
  mmax: number,
  levelOf: (m: number) => RingBasis["levels"][number],
  f: Float64Array,
): ValuesAndSlopes {
  const rows = (): Float64Array => new Float64Array((mmax + 1) * n);
  const [own, slope] = [0, 1].map(() => ({ cosine: rows(), sine: rows() }));
  for (let m = 0; m <= mmax; m++) {
    throwIfInterrupted();
    const { count, offset, values, slopes } = levelOf(m);
    const scale = m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI);
    const [even, odd, evenSlope, oddSlope] = [own.cosine, own.sine, slope.cosine, slope.sine].map((x) =>
      x.subarray(m * n, (m + 1) * n),
    );
    for (let i = 0; i < count; i++) {
      const [c, s] = [scale * f[offset + i], m > 0 ? scale * f[offset + count + i] : 0];
      if (c === 0 && s === 0) continue;
      for (let q = 0; q < n; q++) {
        const [value, rise] = [values[i * n + q], slopes[i * n + q]];
        even[q] += c * value;
        odd[q] += s * value;
        evenSlope[q] += c * rise;
        oddSlope[q] += s * rise;
      }
    }
  }
  const [values, alongZ, alongPhi] = sumsOfWaves(own, n, azimuths, [slope, turnedWaves(own, n)]);
  return { values, alongZ, alongPhi };
}
