/** Values of Legendre functions, and their slopes where these are asked for. */
export interface LegendreRows {
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

/**
 * Associated Legendre functions of one order m, normalized to ∫ p² dz = 1 on [−1, 1], positive at small angles (no
 * Condon–Shortley sign). Row l−m holds the values at all z; `slopes` are d/dz. Stable upward recurrence in l.
 */
export function associatedLegendre(m: number, lmax: number, z: Float64Array): LegendreRows {
  const n = z.length;
  const values = new Float64Array((lmax - m + 1) * n);
  let scale = Math.SQRT1_2;
  for (let k = 1; k <= m; k++) scale *= Math.sqrt((2 * k + 1) / (2 * k));
  for (let q = 0; q < n; q++) values[q] = scale * (1 - z[q] * z[q]) ** (m / 2);
  for (let l = m + 1; l <= lmax; l++) {
    const a = Math.sqrt((4 * l * l - 1) / (l * l - m * m));
    const b = l > m + 1 ? Math.sqrt(((l - 1) ** 2 - m * m) / (4 * (l - 1) ** 2 - 1)) : 0;
    const row = (l - m) * n;
    for (let q = 0; q < n; q++)
      values[row + q] = a * (z[q] * values[row - n + q] - (b === 0 ? 0 : b * values[row - 2 * n + q]));
  }
  let slopes: Float64Array | undefined;
  return {
    values,
    get slopes() {
      return (slopes ??= slopesOf(m, lmax, z, values));
    },
  };
}

function slopesOf(m: number, lmax: number, z: Float64Array, values: Float64Array): Float64Array {
  const n = z.length;
  const slopes = new Float64Array(values.length);
  for (let l = m; l <= lmax; l++) {
    const c = l > m ? Math.sqrt(((2 * l + 1) * (l * l - m * m)) / (2 * l - 1)) : 0;
    const row = (l - m) * n;
    for (let q = 0; q < n; q++)
      slopes[row + q] =
        (-l * z[q] * values[row + q] + (c === 0 ? 0 : c * values[row - n + q])) / (1 - z[q] * z[q]);
  }
  return slopes;
}

/** Normalized p_lm at one z for all l = m … lmax into out[offset …]. */
export function legendreColumn(m: number, lmax: number, z: number, out: Float64Array, offset = 0): void {
  let value = Math.SQRT1_2;
  for (let k = 1; k <= m; k++) value *= Math.sqrt(((2 * k + 1) / (2 * k)) * (1 - z * z));
  let before = 0;
  for (let l = m; l <= lmax; l++) {
    out[offset + l - m] = value;
    const next = l + 1;
    const a = Math.sqrt((4 * next * next - 1) / (next * next - m * m));
    const b = l > m ? Math.sqrt((l * l - m * m) / (4 * l * l - 1)) : 0;
    [value, before] = [a * (z * value - b * before), value];
  }
}
