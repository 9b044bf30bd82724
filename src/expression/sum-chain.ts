import type { Operator } from "./expression.ts";
import type { Program } from "./schedule.ts";

/** One term of a sum: the place of its value in the program, and its sign. */
export interface Term {
  readonly value: number;
  readonly negative: boolean;
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
      if (value !== sum) terms.push({ value, negative });
      return;
    }
    const [first, second] = node.operands;
    gather(first, negative !== (node.operator === "neg"));
    if (second !== undefined) gather(second, negative !== (node.operator === "sub"));
  };
  gather(sum, false);
  const isProduct = ({ value }: Term): boolean => {
    const node = program.values[value];
    return node.kind === "apply" && node.operator === "mul" && !known.has(value);
  };
  const rank = (term: Term): number => (isProduct(term) ? 2 : 0) + (term.negative ? 1 : 0);
  const lead = terms.reduce((best, term) => (rank(term) < rank(best) ? term : best), terms[0]);
  const rest = terms.filter((term) => term !== lead);
  return [
    ...(lead ? [lead] : []),
    ...rest.filter((term) => !isProduct(term)),
    ...rest.filter((term) => isProduct(term)),
  ];
}
