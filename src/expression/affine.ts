import type { Expression } from "./expression.ts";
import { constantValue } from "./expression.ts";
import { degreeOf, polynomial } from "./polynomial.ts";

/** l and k of g = l·m + k, if they are numbers; else undefined. */
export function affine(g: Expression): { direction: [number, number, number]; constant: number } | undefined {
  const terms = polynomial(g);
  const parts = ["1,0,0", "0,1,0", "0,0,1", "0,0,0"].map((key) => {
    const coefficient = terms?.get(key);
    return coefficient === undefined ? 0 : constantValue(coefficient);
  });
  const known = parts.filter((part) => part !== undefined);
  if (!terms || known.length < 4 || degreeOf(terms) > 1) return undefined;
  return { direction: [known[0], known[1], known[2]], constant: known[3] };
}
