import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import type { Ordering } from "./sectors.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";

/** Coefficient of the constant harmonic in a normalized density. */
export const normalizedTotal = 1 / Math.sqrt(4 * Math.PI);

/** Coefficients of the normalized density with Fρ = 0; unknown 0 is the constant harmonic, whose row of F is zero. */
export function stationaryCoefficients(forward: SparseMatrix, ordering: Ordering): Float64Array {
  const source = new Float64Array(forward.rows);
  for (let i = 1; i < forward.rows; i++)
    for (let k = forward.starts[i]; k < forward.starts[i + 1]; k++)
      if (forward.indices[k] === 0) source[i] = -normalizedTotal * forward.values[k];
  const result = new Float64Array(forward.rows);
  result[0] = normalizedTotal;
  for (const sector of sectors(forward, ordering, 0)) {
    const b = Float64Array.from(sector.unknowns, (i) => source[i]);
    if (b.every((x) => x === 0)) continue;
    factorSector(sectorMatrix(forward, sector), sector).solve(b);
    sector.unknowns.forEach((unknown, i) => {
      result[unknown] = b[i];
    });
  }
  return result;
}
