import type { Expression } from "./expression.ts";
import { constant, neg, same } from "./expression.ts";
import type { Interval } from "./interval.ts";
import { intervalOperators, point, square, wholeLine } from "./interval.ts";
import { construct } from "./rewrite.ts";

/**
 * Simplifies expressions on a box: replaces every choice that intervals can decide there (the branch of a select, min or max, the sign in
 * an abs, the value of a floor). Values in the box stay the same.
 */
export function decided<Roots extends readonly Expression[]>(
  roots: Roots,
  box: Readonly<Record<string, Interval>>,
): { [K in keyof Roots]: Expression } {
  const known = new Map<Expression, Interval>();
  const enclosed = (node: Expression): Interval => {
    let found = known.get(node);
    if (found) return found;
    if (node.kind === "constant") found = point(node.value);
    else if (node.kind === "variable") found = box[node.name] ?? wholeLine;
    else if (node.operator === "mul" && same(node.operands[0], node.operands[1]))
      found = square(enclosed(node.operands[0]));
    else found = intervalOperators[node.operator](...node.operands.map(enclosed));
    known.set(node, found);
    return found;
  };
  const done = new Map<Expression, Expression>();
  const walk = (node: Expression): Expression => {
    const result = done.get(node) ?? taken(node);
    done.set(node, result);
    return result;
  };
  const taken = (node: Expression): Expression => {
    if (node.kind !== "apply") return node;
    const [first, second, third] = node.operands;
    const x = enclosed(first);
    switch (node.operator) {
      case "select":
        if (x.low === 1) return walk(second);
        if (x.high === 0) return walk(third);
        break;
      case "min":
      case "max": {
        const y = enclosed(second);
        if (x.high <= y.low) return walk(node.operator === "min" ? first : second);
        if (x.low >= y.high) return walk(node.operator === "min" ? second : first);
        break;
      }
      case "abs":
        if (x.low >= 0) return walk(first);
        if (x.high <= 0) return neg(walk(first));
        break;
      case "floor":
        if (Math.floor(x.low) === Math.floor(x.high)) return constant(Math.floor(x.low));
    }
    const operands = node.operands.map(walk);
    return operands.every((operand, i) => operand === node.operands[i])
      ? node
      : construct[node.operator](...operands);
  };
  return roots.map(walk) as { [K in keyof Roots]: Expression };
}
