import type { CoefficientMatrix, OnsagerPair } from "./onsager-pair.ts";

export interface ReciprocityViolation {
  /** Names of the two fluxes. */
  readonly pair: readonly [string, string];
  /** L_ij(m,p,B), and ε_iε_j L_ji(−m,−p,−B), to which it should be equal. */
  readonly value: number;
  readonly expected: number;
  readonly words: string;
}

export interface Reciprocity {
  readonly holds: boolean;
  readonly violations: readonly ReciprocityViolation[];
}

const rounding = 1e-10; // smaller differences, relative to the pair's coefficients, are rounding

/**
 * Onsager's and Casimir's relation L_ij(m,p,B) = ε_iε_j L_ji(−m,−p,−B).
 * @param matrix coefficients in the system's state
 * @param reversed coefficients with m, p and B reversed
 */
export function reciprocityOf(
  pairs: readonly OnsagerPair[],
  matrix: CoefficientMatrix,
  reversed: CoefficientMatrix,
): Reciprocity {
  const violations: ReciprocityViolation[] = [];
  pairs.forEach((a, i) => {
    for (let j = i; j < pairs.length; j++) {
      const b = pairs[j];
      const value = matrix[i][j];
      const expected = a.parity * b.parity * reversed[j][i];
      const scale = Math.max(
        Math.abs(value),
        Math.abs(expected),
        Math.sqrt(Math.abs(matrix[i][i] * matrix[j][j])),
      );
      if (Math.abs(value - expected) <= rounding * scale) continue;
      violations.push({
        pair: [a.flux.name, b.flux.name],
        value,
        expected,
        words:
          `${a.flux.symbol} by ${b.force.symbol} is ${value.toPrecision(6)}, ` +
          `but ${b.flux.symbol} by ${a.force.symbol} asks for ${expected.toPrecision(6)}`,
      });
    }
  });
  return { holds: violations.length === 0, violations };
}
