import type { Expression, Operator } from "./expression.ts";
import type { Program } from "./schedule.ts";
import { schedule } from "./schedule.ts";

/** How a language writes numbers, operators and definitions. The operator table is total: the compiler checks it. */
export interface Language {
  readonly number: (value: number) => string;
  readonly operators: Record<Operator, (...operands: string[]) => string>;
  /** Defines an immutable local; `logical` values are truth values. */
  readonly define: (name: string, text: string, logical: boolean) => string;
}

export interface Printed {
  /** Definitions of the shared intermediate values, in order. */
  readonly lines: readonly string[];
  /** One text per output, in the order given. */
  readonly outputs: readonly string[];
}

const logicalOperators: ReadonlySet<Operator> = new Set(["less", "lessEqual", "and", "or", "not"]);

/**
 * Prints several expressions as straight-line code. A value read more than once gets a name (prefix and number);
 * a value read once is written where it is read. `rename` maps variables to the names they have in the target.
 */
export function print(
  outputs: readonly Expression[],
  language: Language,
  options: { prefix?: string; rename?: (name: string) => string } = {},
): Printed {
  return printProgram(schedule(outputs), language, options);
}

export function printProgram(
  program: Program,
  language: Language,
  {
    prefix = "v",
    rename = (name: string) => name,
  }: { prefix?: string; rename?: (name: string) => string } = {},
): Printed {
  const lines: string[] = [];
  const texts = program.values.map((value, index) => {
    if (value.kind === "constant") return language.number(value.value);
    if (value.kind === "variable") return rename(value.name);
    return { operator: value.operator, operands: value.operands, index };
  });
  const named = new Map<number, string>();
  const text = (index: number): string => {
    const entry = texts[index];
    if (typeof entry === "string") return entry;
    return named.get(index) ?? language.operators[entry.operator](...entry.operands.map(text));
  };
  program.values.forEach((value, index) => {
    if (value.kind !== "apply" || value.uses < 2) return;
    const definition = text(index);
    const name = `${prefix}${index}`;
    lines.push(language.define(name, definition, logicalOperators.has(value.operator)));
    named.set(index, name);
  });
  return { lines, outputs: program.outputs.map(text) };
}
