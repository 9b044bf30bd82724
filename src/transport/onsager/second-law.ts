import { symmetricEigen } from "../../linear-algebra/symmetric-eigen.ts";
import type { CoefficientMatrix, OnsagerPair } from "./onsager-pair.ts";

export interface SecondLaw {
  readonly holds: boolean;
  /** Smallest eigenvalue of the symmetric part scaled to a unit diagonal: 0 at the bound, without unit. */
  readonly margin: number;
  /** Forces that dissipate negative power, in their units and in the order of the pairs; null if there are none. */
  readonly direction: readonly number[] | null;
  /** The same in words; empty if the law holds. */
  readonly words: string;
}

const rounding = 1e-12; // a margin below zero by at most this is rounding of coefficients that meet the bound
const negligible = 1e-6; // smaller components of the direction are not mentioned

const power = (s: CoefficientMatrix, x: readonly number[]): number =>
  s.reduce((sum, row, i) => sum + row.reduce((part, value, j) => part + value * x[i] * x[j], 0), 0);

/** A direction in which a diagonal coefficient alone breaks the law: negative, or 0 beside a cross-coefficient. */
function diagonalDirection(s: CoefficientMatrix): number[] | null {
  const unit = (...entries: [number, number][]) => {
    const x = s.map(() => 0);
    for (const [i, value] of entries) x[i] = value;
    return x;
  };
  for (let i = 0; i < s.length; i++) {
    if (s[i][i] < 0) return unit([i, 1]);
    const j = s[i][i] === 0 ? s[i].findIndex((value) => value !== 0) : -1;
    // s_jj − 2(s_jj + …) < 0 however small s_ij is
    if (j >= 0) return unit([j, 1], [i, s[j][j] === 0 ? -Math.sign(s[i][j]) : -s[j][j] / s[i][j]]);
  }
  return null;
}

/** `share` is the relative weight of the components, independent of their units. */
function broken(
  pairs: readonly OnsagerPair[],
  unit: string,
  s: CoefficientMatrix,
  x: number[],
  share: number[],
  margin: number,
): SecondLaw {
  const terms = pairs.flatMap(({ force }, i) =>
    Math.abs(share[i]) > negligible ? [`${force.symbol} = ${x[i].toPrecision(4)} ${force.unit}`] : [],
  );
  return {
    holds: false,
    margin,
    direction: x,
    words: `${terms.join(" together with ")} dissipates ${power(s, x).toPrecision(4)} ${unit}`,
  };
}

/**
 * The second law: the symmetric part of the coefficients is positive semidefinite. It is tested after scaling to a
 * unit diagonal, because the coefficients of different pairs have different units.
 */
export function secondLawOf(
  pairs: readonly OnsagerPair[],
  powerUnit: string,
  matrix: CoefficientMatrix,
): SecondLaw {
  const s = matrix.map((row, i) => row.map((value, j) => 0.5 * (value + matrix[j][i])));
  const alone = diagonalDirection(s);
  if (alone) return broken(pairs, powerUnit, s, alone, alone.map(Math.sign), -1);
  const scale = s.map((row, i) => (row[i] > 0 ? 1 / Math.sqrt(row[i]) : 1));
  const scaled = s.map((row, i) => row.map((value, j) => value * scale[i] * scale[j]));
  const { values, vectors } = symmetricEigen(scaled);
  const [margin] = values;
  if (margin >= -rounding) return { holds: true, margin, direction: null, words: "" };
  const vector = [...vectors[0]];
  const direction = vector.map((value, i) => value * scale[i]);
  return broken(pairs, powerUnit, s, direction, vector, margin);
}
