import type { Expression } from "./expression.ts";
import { variable, visit } from "./expression.ts";
import { rewrite } from "./rewrite.ts";

const isNamed = (x: Expression, name: string): boolean => x.kind === "variable" && x.name === name;

/** The number that a product c·x multiplies the named variable by. */
function factor(node: Expression, name: string): number | undefined {
  if (node.kind !== "apply" || node.operator !== "mul") return undefined;
  const [x, y] = node.operands;
  if (x.kind === "constant" && isNamed(y, name)) return x.value;
  if (y.kind === "constant" && isNamed(x, name)) return y.value;
  return undefined;
}

/**
 * If a variate occurs only in products with one and the same number, it can be drawn with that number as its scale. Returns the scales of
 * the named variables (1 if there is no such number) and the expressions without these products.
 */
export function drawnScales(
  outputs: readonly Expression[],
  names: readonly string[],
): { scales: Readonly<Record<string, number>>; outputs: readonly Expression[] } {
  const scales = Object.fromEntries(
    names.map((name) => {
      const found = new Set<number>(outputs.some((output) => isNamed(output, name)) ? [1] : []);
      visit(outputs, (node) => {
        if (node.kind === "apply" && node.operands.some((operand) => isNamed(operand, name)))
          found.add(factor(node, name) ?? 1);
      });
      const [scale = 1, ...others] = found;
      return [name, others.length === 0 ? scale : 1];
    }),
  );
  return {
    scales,
    outputs: rewrite(outputs, (node) => {
      const name = names.find((name) => scales[name] !== 1 && factor(node, name) === scales[name]);
      return name === undefined ? undefined : variable(name);
    }),
  };
}
