import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { operatorOf } from "./instantaneous-operator.ts";
import type { Ordering } from "./sectors.ts";

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
  for (const part of operatorOf(forward, ordering).sectors) {
    const b = part.gather(source);
    if (b.every((x) => x === 0)) continue;
    part.shifted().solve(b);
    part.sector.unknowns.forEach((unknown, i) => {
      result[unknown] = b[i];
    });
  }
  return result;
}
