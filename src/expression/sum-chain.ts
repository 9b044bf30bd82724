import type { Operator } from "./expression.ts";
import type { Program } from "./schedule.ts";

/** One term of a sum: the place of its value in the program, its sign, and whether it is a product made here. */
export interface Term {
  readonly value: number;
  readonly negative: boolean;
  readonly isProduct: boolean;
}

const sums: ReadonlySet<Operator> = new Set(["add", "sub", "neg"]);

/**
 * The terms of a sum in the order in which a processor that multiplies and adds in one instruction needs fewest: what is no
 * product first, then each product into the sum that stands before it, so that x + (a·b − c·d) takes two instructions and not
 * three. Empty where the value is no sum. Values in `known` stay whole.
 */
export function sumChain(program: Program, sum: number, known: { has(value: number): boolean }): Term[] {
  const terms: Term[] = [];
  const gather = (value: number, negative: boolean): void => {
    const node = program.values[value];
    if (node.kind !== "apply" || !sums.has(node.operator) || (value !== sum && known.has(value))) {
      const isProduct = node.kind === "apply" && node.operator === "mul" && !known.has(value);
      if (value !== sum) terms.push({ value, negative, isProduct });
      return;
    }
    const [first, second] = node.operands;
    gather(first, negative !== (node.operator === "neg"));
    if (second !== undefined) gather(second, negative !== (node.operator === "sub"));
  };
  gather(sum, false);
  const rank = (term: Term): number => (term.isProduct ? 2 : 0) + (term.negative ? 1 : 0);
  const lead = terms.reduce((best, term) => (rank(term) < rank(best) ? term : best), terms[0]);
  const rest = terms.filter((term) => term !== lead);
  return [
    ...(lead ? [lead] : []),
    ...rest.filter((term) => !term.isProduct),
    ...rest.filter((term) => term.isProduct),
  ];
}
