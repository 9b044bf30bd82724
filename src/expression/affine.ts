import type { Expression } from "./expression.ts";
import { constantValue } from "./expression.ts";
import { polynomial } from "./polynomial.ts";

/** Degree of a term of a polynomial by its powers of mx, my and mz. */
const degreeOf = (powers: string): number =>
  powers
    .split(",")
    .map(Number)
    .reduce((a, b) => a + b);

/** g = l·m + k with numbers, or undefined. */
export function affine(g: Expression): { direction: [number, number, number]; constant: number } | undefined {
  const terms = polynomial(g);
  const parts = ["1,0,0", "0,1,0", "0,0,1", "0,0,0"].map((key) => {
    const coefficient = terms?.get(key);
    return coefficient === undefined ? 0 : constantValue(coefficient);
  });
  const known = parts.filter((part) => part !== undefined);
  if (!terms || known.length < 4 || [...terms.keys()].some((key) => degreeOf(key) > 1)) return undefined;
  return { direction: [known[0], known[1], known[2]], constant: known[3] };
}
