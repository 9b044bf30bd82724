import type { Expression, Operator } from "./expression.ts";

/** One value of a program. `operands` index earlier values; `uses` counts readers, outputs included. */
export type Value =
  | { readonly kind: "constant"; readonly value: number; uses: number }
  | { readonly kind: "variable"; readonly name: string; uses: number }
  | {
      readonly kind: "apply";
      readonly operator: Operator;
      readonly operands: readonly number[];
      uses: number;
    };

/** Straight-line code: values in an order in which they can be computed, and the places of the results. */
export interface Program {
  readonly values: readonly Value[];
  readonly outputs: readonly number[];
}

/** Orders the nodes of several expressions. Nodes of equal structure are one value and appear once. */
export function schedule(outputs: readonly Expression[]): Program {
  const values: Value[] = [];
  const byKey = new Map<string, number>();
  const byNode = new Map<Expression, number>();
  const place = (node: Expression): number => {
    const known = byNode.get(node);
    if (known !== undefined) return known;
    let key: string;
    let value: Value;
    if (node.kind === "constant") {
      key = Object.is(node.value, -0) ? "c-0" : `c${node.value}`;
      value = { ...node, uses: 0 };
    } else if (node.kind === "variable") {
      key = `v${node.name}`;
      value = { ...node, uses: 0 };
    } else {
      const operands = node.operands.map(place);
      const commutes = node.operator === "add" || node.operator === "mul";
      if (commutes) operands.sort((a, b) => a - b);
      key = `${node.operator}(${operands})`;
      value = { kind: "apply", operator: node.operator, operands, uses: 0 };
    }
    let index = byKey.get(key);
    if (index === undefined) {
      index = values.push(value) - 1;
      byKey.set(key, index);
      if (value.kind === "apply") for (const operand of value.operands) values[operand].uses++;
    }
    byNode.set(node, index);
    return index;
  };
  const placed = outputs.map(place);
  for (const output of placed) values[output].uses++;
  return { values, outputs: placed };
}
