import type { Expression, Operator } from "./expression.ts";
import { logicalOperators } from "./expression.ts";
import type { Program } from "./schedule.ts";
import { schedule } from "./schedule.ts";
import { sumChain } from "./sum-chain.ts";

/** How a language writes numbers, operators and definitions. The operator table is complete: the compiler checks it. */
export interface Language {
  readonly number: (value: number) => string;
  readonly operators: Record<Operator, (...operands: string[]) => string>;
  /**
   * a·b + c in one instruction, if the language has one: sums are then printed as chains (sumChain). The text demands it, because a
   * compiler decides by its own rules whether to fuse a product, so that the same step could be rounded in two ways.
   */
  readonly fuse?: (a: string, b: string, c: string) => string;
  /** Defines an immutable local; `logical` values are truth values. */
  readonly define: (name: string, text: string, logical: boolean) => string;
}

export interface Printed {
  /** Definitions of the shared intermediate values, in order. */
  readonly lines: readonly string[];
  /** One text per output, in the order given. */
  readonly outputs: readonly string[];
}

/**
 * Prints several expressions as straight-line code. A value read more than once gets a name (prefix and number);
 * a value read once is written where it is read, unless the text would be nested too deeply. `rename` maps variables to the names they have in the target.
 */
export function print(
  outputs: readonly Expression[],
  language: Language,
  options: PrintOptions = {},
): Printed {
  return printNested(outputs, [], language, options).outer;
}

/** Nesting of a text above which a part of it gets a name: parsers of the languages refuse, or run out of stack, some hundreds deep. */
const deepest = 100;

export interface PrintOptions {
  readonly prefix?: string;
  readonly rename?: (name: string) => string;
}

/**
 * Prints code with inner blocks that do not always run. A value that only a block reads is computed inside it; a value with a name in the
 * outer code is read from there. Blocks share nothing with each other, and the outer code does not depend on the blocks: with other
 * sharing its sums could be chained, and so rounded, in another way.
 */
export function printNested(
  outer: readonly Expression[],
  blocks: readonly (readonly Expression[])[],
  language: Language,
  { prefix = "v", rename = (name: string) => name }: PrintOptions = {},
): { outer: Printed; blocks: Printed[] } {
  const program = schedule([...outer, ...blocks.flat()]);
  const part = (outputs: readonly number[], known: ReadonlyMap<number, string>) => {
    const named = new Map(known);
    const lines: string[] = [];
    const readers = readersOf(program, outputs, known);
    const areShort = (factors: readonly number[]): boolean =>
      factors.every((index) => program.values[index].kind !== "apply" || named.has(index));
    const text = (index: number): string => {
      const value = program.values[index];
      if (value.kind === "constant") return language.number(value.value);
      if (value.kind === "variable") return rename(value.name);
      const name = named.get(index);
      if (name !== undefined) return name;
      const { fuse } = language;
      const [lead, ...rest] = fuse ? sumChain(program, index, named, areShort) : [];
      const { add, sub, neg } = language.operators;
      if (fuse && lead)
        return rest.reduce(
          (sum, term) => {
            if (!term.factors) return (term.negative ? sub : add)(sum, text(term.value));
            const [a, b] = term.factors.map(text);
            return fuse(term.negative ? neg(a) : a, b, sum);
          },
          lead.negative ? neg(text(lead.value)) : text(lead.value),
        );
      return language.operators[value.operator](...value.operands.map(text));
    };
    const depths = new Map<number, number>();
    program.values.forEach((value, index) => {
      const read = readers.get(index) ?? 0;
      if (value.kind !== "apply" || read < 1 || named.has(index)) return;
      const depth = 1 + Math.max(...value.operands.map((operand) => depths.get(operand) ?? 0));
      if (read < 2 && depth < deepest) {
        depths.set(index, depth);
        return;
      }
      const definition = text(index);
      const name = `${prefix}${index}`;
      lines.push(language.define(name, definition, logicalOperators.has(value.operator)));
      named.set(index, name);
    });
    return { printed: { lines, outputs: outputs.map(text) }, named };
  };
  let from = outer.length;
  const first = part(program.outputs.slice(0, from), new Map());
  return {
    outer: first.printed,
    blocks: blocks.map(
      (block) => part(program.outputs.slice(from, (from += block.length)), first.named).printed,
    ),
  };
}

/** How often each value is read by the outputs and by the values from which they are computed, without known values. */
function readersOf(
  program: Program,
  outputs: readonly number[],
  known: { has(index: number): boolean },
): Map<number, number> {
  const readers = new Map<number, number>();
  const read = (index: number): void => {
    const before = readers.get(index) ?? 0;
    readers.set(index, before + 1);
    const value = program.values[index];
    if (before === 0 && value.kind === "apply" && !known.has(index)) value.operands.forEach(read);
  };
  outputs.forEach(read);
  return readers;
}
