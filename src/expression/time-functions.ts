import { oncePer } from "../numerics/once-per.ts";
import type { Expression } from "./expression.ts";
import { dependenceOf } from "./separation.ts";

/**
 * The largest parts of an expression that depend on t and not on m. If none of them changes in time, neither does the expression. (If one
 * operation has t and m as operands, t itself is a part.)
 */
export const timeFunctions = oncePer((of: Expression): readonly Expression[] => {
  const found = new Set<Expression>();
  const seen = new Set<Expression>();
  const { inTime, inSpace } = dependenceOf([of]);
  const walk = (node: Expression): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (!inTime.has(node)) return;
    if (!inSpace.has(node)) found.add(node);
    else if (node.kind === "apply") node.operands.forEach(walk);
  };
  walk(of);
  return [...found];
});
