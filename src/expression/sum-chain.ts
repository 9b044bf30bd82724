import type { Operator } from "./expression.ts";
import type { Program } from "./schedule.ts";

/** One term of a sum: the place of its value in the program, its sign, and where it is a product made here, what it is made of. */
export interface Term {
  readonly value: number;
  readonly negative: boolean;
  readonly factors?: readonly number[];
}

const sums: ReadonlySet<Operator> = new Set(["add", "sub", "neg"]);

/**
 * The terms of a sum in the order in which a processor that multiplies and adds in one instruction needs fewest: what is no
 * product first, then each product into the sum that stands before it, so that x + (a·b − c·d) takes two instructions and not
 * three. Empty where the value is no sum. Values in `known` stay whole, but for products that `isMadeAgain` names.
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
  // what begins a sum of products alone is made whole: one that is known costs nothing
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
