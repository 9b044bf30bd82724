import type { Operator } from "./expression.ts";
import type { Program } from "./schedule.ts";

/** One term of a sum: the place of its value in the program, its sign, and, if it is a product computed here, its factors. */
export interface Term {
  readonly value: number;
  readonly negative: boolean;
  readonly factors?: readonly number[];
}

const sums: ReadonlySet<Operator> = new Set(["add", "sub", "neg"]);

/**
 * The terms of a sum in the order that needs fewest fused multiply-add instructions: first terms that are no products, then each product,
 * added to the sum before it. So x + (a·b − c·d) takes two instructions instead of three. Empty if the value is not a sum. Values in
 * `known` are not split, except products for which `isMadeAgain` is true.
 */
export function sumChain(
  program: Program,
  sum: number,
  known: { has(value: number): boolean },
  isMadeAgain: (factors: readonly number[]) => boolean = () => false,
): Term[] {
  const terms: Term[] = [];
  const gather = (value: number, negative: boolean): void => {
    const node = program.values[value];
    if (node.kind !== "apply" || !sums.has(node.operator) || (value !== sum && known.has(value))) {
      if (value === sum) return;
      const factors = node.kind === "apply" && node.operator === "mul" ? node.operands : undefined;
      const isProduct = factors && (!known.has(value) || isMadeAgain(factors));
      terms.push({ value, negative, ...(isProduct ? { factors } : {}) });
      return;
    }
    const [first, second] = node.operands;
    gather(first, negative !== (node.operator === "neg"));
    if (second !== undefined) gather(second, negative !== (node.operator === "sub"));
  };
  gather(sum, false);
  // a sum of products only starts with a complete product; a known one costs nothing
  const rank = ({ factors, value, negative }: Term): number =>
    (factors ? (known.has(value) ? 2 : 4) : 0) + (negative ? 1 : 0);
  const lead = terms.reduce((best, term) => (rank(term) < rank(best) ? term : best), terms[0]);
  const rest = terms.filter((term) => term !== lead);
  return [
    ...(lead ? [lead] : []),
    ...rest.filter((term) => !term.factors),
    ...rest.filter((term) => term.factors),
  ];
}
