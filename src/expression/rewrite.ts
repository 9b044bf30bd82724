import type { Expression, Operand, Operator } from "./expression.ts";
import * as e from "./expression.ts";

/** The constructor of every operator, which folds constants. */
export const construct: Record<Operator, (...operands: Expression[]) => Expression> = {
  add: e.add,
  sub: e.sub,
  mul: e.mul,
  div: e.div,
  neg: e.neg,
  sqrt: e.sqrt,
  sin: e.sin,
  cos: e.cos,
  asin: e.asin,
  acos: e.acos,
  atan2: e.atan2,
  exp: e.exp,
  log: e.log,
  log1p: e.log1p,
  tanh: e.tanh,
  abs: e.abs,
  floor: e.floor,
  min: e.min,
  max: e.max,
  select: e.select,
  less: e.less,
  lessEqual: e.lessEqual,
  and: e.and,
  or: e.or,
  not: e.not,
};

/**
 * Rebuilds expressions from the leaves up. `replace` sees each node before its operands are rebuilt and returns
 * its replacement, or undefined to descend. Sharing between the roots is kept.
 */
export function rewrite<Roots extends readonly Expression[]>(
  roots: Roots,
  replace: (node: Expression) => Expression | undefined,
): { [K in keyof Roots]: Expression } {
  const done = new Map<Expression, Expression>();
  const walk = (node: Expression): Expression => {
    const known = done.get(node);
    if (known) return known;
    let result = replace(node);
    if (!result) {
      if (node.kind !== "apply") result = node;
      else {
        const operands = node.operands.map(walk);
        result = operands.every((x, i) => x === node.operands[i])
          ? node
          : construct[node.operator](...operands);
      }
    }
    done.set(node, result);
    return result;
  };
  return roots.map(walk) as { [K in keyof Roots]: Expression };
}

/** Puts expressions or numbers in the place of variables. */
export function substitute<Roots extends readonly Expression[]>(
  roots: Roots,
  values: Readonly<Record<string, Operand>>,
): { [K in keyof Roots]: Expression } {
  return rewrite(roots, (node) =>
    node.kind === "variable" && Object.hasOwn(values, node.name)
      ? e.toExpression(values[node.name])
      : undefined,
  );
}
