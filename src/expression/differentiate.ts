import type { Expression, Operator } from "./expression.ts";
import {
  add,
  constant,
  cos,
  div,
  less,
  mul,
  neg,
  nodesWith,
  select,
  sin,
  sqrt,
  square,
  sub,
} from "./expression.ts";

type Rule = (x: readonly Expression[], dx: readonly Expression[], self: Expression) => Expression;

const zero = constant(0);
const constantRule: Rule = () => zero;

/** d(operator(x)) from the operands x and their derivatives dx; `self` is the undifferentiated node. */
const rules: Record<Operator, Rule> = {
  add: (_, [dx, dy]) => add(dx, dy),
  sub: (_, [dx, dy]) => sub(dx, dy),
  mul: ([x, y], [dx, dy]) => add(mul(dx, y), mul(x, dy)),
  div: ([, y], [dx, dy], self) => div(sub(dx, mul(self, dy)), y),
  neg: (_, [dx]) => neg(dx),
  sqrt: (_, [dx], self) => div(mul(0.5, dx), self),
  sin: ([x], [dx]) => mul(cos(x), dx),
  cos: ([x], [dx]) => neg(mul(sin(x), dx)),
  asin: ([x], [dx]) => div(dx, sqrt(sub(1, square(x)))),
  acos: ([x], [dx]) => neg(div(dx, sqrt(sub(1, square(x))))),
  atan2: ([y, x], [dy, dx]) => div(sub(mul(x, dy), mul(y, dx)), add(square(x), square(y))),
  exp: (_, [dx], self) => mul(self, dx),
  log: ([x], [dx]) => div(dx, x),
  log1p: ([x], [dx]) => div(dx, add(1, x)),
  tanh: (_, [dx], self) => mul(sub(1, square(self)), dx),
  abs: ([x], [dx]) => select(less(x, 0), neg(dx), dx),
  floor: constantRule,
  min: ([x, y], [dx, dy]) => select(less(x, y), dx, dy),
  max: ([x, y], [dx, dy]) => select(less(x, y), dy, dx),
  select: ([condition], [, dx, dy]) => select(condition, dx, dy),
  less: constantRule,
  lessEqual: constantRule,
  and: constantRule,
  or: constantRule,
  not: constantRule,
};

/**
 * Partial derivatives of one expression with respect to several variables, with all intermediate values shared. Kinks (abs, min, max,
 * select) take the derivative of the present branch.
 */
export function gradient(of: Expression, variables: readonly string[]): Expression[] {
  const moving = nodesWith(variables, [of]);
  return variables.map((name) => derivative(of, name, moving));
}

/** Partial derivative with respect to one variable. */
export const differentiate = (of: Expression, name: string): Expression =>
  derivative(of, name, nodesWith([name], [of]));

/** The same. `moving` holds all nodes with the variable: drives, often the largest part of an expression, have none and are not walked through. */
function derivative(of: Expression, name: string, moving: ReadonlySet<Expression>): Expression {
  const done = new Map<Expression, Expression>();
  const walk = (node: Expression): Expression => {
    if (!moving.has(node)) return zero;
    const known = done.get(node);
    if (known) return known;
    let result = zero;
    if (node.kind === "variable") result = constant(node.name === name ? 1 : 0);
    else if (node.kind === "apply")
      result = rules[node.operator](node.operands, node.operands.map(walk), node);
    done.set(node, result);
    return result;
  };
  return walk(of);
}
