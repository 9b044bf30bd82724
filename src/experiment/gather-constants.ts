import type { Expression } from "../expression/expression.ts";
import { constantValue, div, mul, neg } from "../expression/expression.ts";
import { construct } from "../expression/rewrite.ts";

/** A number times an expression without a numerical factor. */
interface Scaled {
  readonly factor: number;
  readonly rest: Expression;
}

const one = mul();

function split(x: Expression): Scaled {
  const value = constantValue(x);
  if (value !== undefined) return { factor: value, rest: one };
  if (x.kind === "apply" && x.operator === "neg") {
    const { factor, rest } = split(x.operands[0]);
    return { factor: -factor, rest };
  }
  if (x.kind === "apply" && x.operator === "mul") {
    const value = constantValue(x.operands[0]);
    if (value !== undefined) return { factor: value, rest: x.operands[1] };
  }
  return { factor: 1, rest: x };
}

const scaled = (factor: number, rest: Expression): Expression =>
  factor < 0 ? neg(mul(-factor, rest)) : mul(factor, rest);

/**
 * Rewrites expressions so that products and quotients have one numerical factor. Factors of SI quantities, such as 1e-25 · p and 4e-21 ·
 * q, would otherwise leave the range of float32.
 */
export function gatherConstants<Roots extends readonly Expression[]>(
  roots: Roots,
): { [K in keyof Roots]: Expression } {
  const done = new Map<Expression, Expression>();
  const walk = (node: Expression): Expression => {
    if (node.kind !== "apply") return node;
    const known = done.get(node);
    if (known) return known;
    const operands = node.operands.map(walk);
    let result: Expression;
    if (node.operator === "mul" || node.operator === "div") {
      const [x, y] = operands.map(split);
      const rest = node.operator === "mul" ? mul(x.rest, y.rest) : div(x.rest, y.rest);
      result = scaled(node.operator === "mul" ? x.factor * y.factor : x.factor / y.factor, rest);
    } else if (operands.every((operand, i) => operand === node.operands[i])) result = node;
    else result = construct[node.operator](...operands);
    done.set(node, result);
    return result;
  };
  return roots.map(walk) as { [K in keyof Roots]: Expression };
}
