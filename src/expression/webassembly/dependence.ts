import type { Program } from "../schedule.ts";

/** For each value of a program: whether it depends on any of the variables. */
export function dependsOn(program: Program, isOne: (name: string) => boolean): boolean[] {
  const depends: boolean[] = [];
  for (const value of program.values)
    depends.push(
      value.kind === "variable"
        ? isOne(value.name)
        : value.kind === "apply" && value.operands.some((operand) => depends[operand]),
    );
  return depends;
}

/**
 * Computed values that do not depend on the excluded variables but are used together with them or are outputs: they should be computed
 * outside a loop over those variables.
 */
export function outermost(program: Program, excluded: (name: string) => boolean): number[] {
  const depends = dependsOn(program, excluded);
  const wanted = new Set<number>();
  const consider = (index: number): void => {
    if (!depends[index] && program.values[index].kind === "apply") wanted.add(index);
  };
  program.values.forEach((value, index) => {
    if (value.kind === "apply" && depends[index]) value.operands.forEach(consider);
  });
  program.outputs.forEach(consider);
  return [...wanted].sort((x, y) => x - y);
}

/** The places of the given values and of all values from which they are computed. */
export function reached({ values }: Program, from: readonly number[]): Set<number> {
  const found = new Set(from);
  for (let index = values.length - 1; index >= 0; index--) {
    const value = values[index];
    if (found.has(index) && value.kind === "apply") for (const operand of value.operands) found.add(operand);
  }
  return found;
}
