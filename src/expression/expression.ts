/**
 * Scalar expressions, in which all physics of the program is written.
 *
 * An expression is an immutable node. Constructors fold constants and drop neutral elements, so a term with coefficient zero does not
 * appear in any printed kernel. Nodes are shared by reference; equal nodes that were built separately are merged when a program is
 * scheduled (schedule.ts).
 */

export type NumericOperator =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "neg"
  | "sqrt"
  | "sin"
  | "cos"
  | "asin"
  | "acos"
  | "atan2"
  | "exp"
  | "log"
  | "log1p"
  | "tanh"
  | "abs"
  | "floor"
  | "min"
  | "max"
  | "select";

/** Operators whose value is a truth value; they feed `select`, `and`, `or`, `not` and conditions of tallies. */
export type LogicalOperator = "less" | "lessEqual" | "and" | "or" | "not";

export type Operator = NumericOperator | LogicalOperator;

export type Expression =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "apply"; readonly operator: Operator; readonly operands: readonly Expression[] };

/** An expression or a plain number. */
export type Operand = Expression | number;

/** Evaluates one operator in float64; truth values are true and false. Constant folding and the tests use it. */
export const evaluateOperator: Record<Operator, (...x: never[]) => number | boolean> = {
  add: (x: number, y: number) => x + y,
  sub: (x: number, y: number) => x - y,
  mul: (x: number, y: number) => x * y,
  div: (x: number, y: number) => x / y,
  neg: (x: number) => -x,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  asin: Math.asin,
  acos: Math.acos,
  atan2: Math.atan2,
  exp: Math.exp,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  abs: Math.abs,
  floor: Math.floor,
  min: Math.min,
  max: Math.max,
  select: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
  less: (x: number, y: number) => x < y,
  lessEqual: (x: number, y: number) => x <= y,
  and: (x: boolean, y: boolean) => x && y,
  or: (x: boolean, y: boolean) => x || y,
  not: (x: boolean) => !x,
};

/** A number. */
export const constant = (value: number): Expression => ({ kind: "constant", value });
/** A variable by its name, such as t. */
export const variable = (name: string): Expression => ({ kind: "variable", name });
/** The expression of an operand. */
export const toExpression = (x: Operand): Expression => (typeof x === "number" ? constant(x) : x);

/** The value of a constant, or undefined. */
export const constantValue = (x: Expression): number | undefined =>
  x.kind === "constant" ? x.value : undefined;

const isConstant = (x: Expression, value: number): boolean => x.kind === "constant" && x.value === value;
const apply = (operator: Operator, ...operands: Expression[]): Expression => ({
  kind: "apply",
  operator,
  operands,
});
/** y where x is −y, else undefined. */
const negated = (x: Expression): Expression | undefined =>
  x.kind === "apply" && x.operator === "neg" ? x.operands[0] : undefined;

/** Equality of structure; fast if nodes are shared. */
export function same(x: Expression, y: Expression): boolean {
  if (x === y) return true;
  if (x.kind === "constant") return y.kind === "constant" && Object.is(x.value, y.value);
  if (x.kind === "variable") return y.kind === "variable" && x.name === y.name;
  return (
    y.kind === "apply" &&
    x.operator === y.operator &&
    x.operands.length === y.operands.length &&
    x.operands.every((operand, i) => same(operand, y.operands[i]))
  );
}

function fold(operator: NumericOperator, operands: Expression[]): Expression | undefined {
  if (!operands.every((x) => x.kind === "constant")) return undefined;
  const values = operands.map((x) => (x as { value: number }).value) as never[];
  return constant(evaluateOperator[operator](...values) as number);
}

/** Sum of any number of terms. */
export function add(...terms: Operand[]): Expression {
  return terms.map(toExpression).reduce((x, y) => {
    if (isConstant(x, 0)) return y;
    if (isConstant(y, 0)) return x;
    const minus = negated(y);
    if (minus) return sub(x, minus);
    const lead = negated(x);
    if (lead) return sub(y, lead);
    return fold("add", [x, y]) ?? apply("add", x, y);
  }, constant(0));
}

/** a − b. */
export function sub(a: Operand, b: Operand): Expression {
  const [x, y] = [toExpression(a), toExpression(b)];
  if (isConstant(y, 0)) return x;
  if (isConstant(x, 0)) return neg(y);
  const minus = negated(y);
  if (minus) return add(x, minus);
  if (x === y) return constant(0);
  return fold("sub", [x, y]) ?? apply("sub", x, y);
}

/** Product of any number of factors. */
export function mul(...factors: Operand[]): Expression {
  return factors.map(toExpression).reduce((x, y) => {
    if (isConstant(x, 0) || isConstant(y, 0)) return constant(0);
    if (isConstant(x, 1)) return y;
    if (isConstant(y, 1)) return x;
    if (isConstant(x, -1)) return neg(y);
    if (isConstant(y, -1)) return neg(x);
    const folded = fold("mul", [x, y]);
    if (folded) return folded;
    const [minusX, minusY] = [negated(x), negated(y)];
    if (minusX && minusY) return mul(minusX, minusY);
    if (minusX) return neg(mul(minusX, y));
    if (minusY) return neg(mul(x, minusY));
    if (x.kind === "apply" && x.operator === "sqrt" && same(x, y)) return x.operands[0];
    // a constant moves to the front and is multiplied with the constant there, so that factors do not accumulate
    if (y.kind === "constant") return mul(y, x);
    if (x.kind === "constant" && y.kind === "apply" && y.operator === "mul") {
      const [first, ...rest] = y.operands;
      if (first.kind === "constant") return mul(constant(x.value * first.value), ...rest);
    }
    return apply("mul", x, y);
  }, constant(1));
}

/** a / b. */
export function div(a: Operand, b: Operand): Expression {
  const [x, y] = [toExpression(a), toExpression(b)];
  if (isConstant(y, 0)) return x.kind === "constant" ? constant(x.value / 0) : apply("div", x, y);
  if (isConstant(x, 0)) return constant(0);
  if (y.kind === "constant") return mul(x, constant(1 / y.value));
  const minus = negated(x);
  if (minus) return neg(div(minus, y));
  return apply("div", x, y);
}

/** −a. */
export function neg(a: Operand): Expression {
  const x = toExpression(a);
  if (x.kind === "constant") return constant(-x.value + 0);
  const minus = negated(x);
  if (minus) return minus;
  if (x.kind === "apply" && x.operator === "sub") return sub(x.operands[1], x.operands[0]);
  return apply("neg", x);
}

const unary =
  (operator: NumericOperator) =>
  (a: Operand): Expression => {
    const x = toExpression(a);
    return fold(operator, [x]) ?? apply(operator, x);
  };
const binary =
  (operator: NumericOperator) =>
  (a: Operand, b: Operand): Expression => {
    const [x, y] = [toExpression(a), toExpression(b)];
    return fold(operator, [x, y]) ?? apply(operator, x, y);
  };

/** √x, for x ≥ 0. */
export const sqrt = unary("sqrt");
/** Sine; the angle in rad. */
export const sin = unary("sin");
/** Cosine; the angle in rad. */
export const cos = unary("cos");
/** Arcsine in rad, for |x| ≤ 1. */
export const asin = unary("asin");
/** Arccosine in rad, for |x| ≤ 1. */
export const acos = unary("acos");
/** eˣ. */
export const exp = unary("exp");
/** Natural logarithm, for x > 0. */
export const log = unary("log");
/** ln(1 + x), accurate for small x. */
export const log1p = unary("log1p");
/** Hyperbolic tangent. */
export const tanh = unary("tanh");
/** |x|. */
export const abs = unary("abs");
/** Largest whole number ≤ x. */
export const floor = unary("floor");
/** atan2(y, x): the angle of the point (x, y), rad, in (−π, π]. */
export const atan2 = binary("atan2");
/** The smaller of two values. */
export const min = binary("min");
/** The larger of two values. */
export const max = binary("max");

/** x to a power. Integer powers become products; any other power is exp(y log x) and needs x > 0. */
export function pow(a: Operand, b: Operand): Expression {
  const [x, y] = [toExpression(a), toExpression(b)];
  const power = constantValue(y);
  if (power === undefined) return exp(mul(y, log(x)));
  if (power === 0.5) return sqrt(x);
  if (!Number.isInteger(power) || Math.abs(power) > 64) return exp(mul(power, log(x)));
  if (power < 0) return div(1, pow(x, -power));
  if (power === 0) return constant(1);
  if (power % 2 === 1) return power === 1 ? x : mul(x, pow(x, power - 1));
  const half = pow(x, power / 2);
  return mul(half, half);
}

/** x². */
export const square = (x: Operand): Expression => mul(x, x);

/** The condition a < b. */
export const less = (a: Operand, b: Operand): Expression => apply("less", toExpression(a), toExpression(b));
/** The condition a ≤ b. */
export const lessEqual = (a: Operand, b: Operand): Expression =>
  apply("lessEqual", toExpression(a), toExpression(b));
/** Whether both conditions hold. */
export const and = (a: Expression, b: Expression): Expression => apply("and", a, b);
/** Whether at least one condition holds. */
export const or = (a: Expression, b: Expression): Expression => apply("or", a, b);
/** Whether a condition does not hold. */
export const not = (a: Expression): Expression => apply("not", a);

/** `yes` where the condition holds, else `no`. */
export function select(condition: Expression, yes: Operand, no: Operand): Expression {
  const [x, y] = [toExpression(yes), toExpression(no)];
  return same(x, y) ? x : apply("select", condition, x, y);
}

/** Operators whose values are truth values. */
export const logicalOperators: ReadonlySet<Operator> = new Set(["less", "lessEqual", "and", "or", "not"]);

/** Whether the value is a truth value rather than a number. */
export const isLogical = (x: Expression): boolean => x.kind === "apply" && logicalOperators.has(x.operator);

/** Visits every distinct node once, operands before their users. */
export function visit(roots: readonly Expression[], enter: (node: Expression) => void): void {
  const seen = new Set<Expression>();
  const walk = (node: Expression): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === "apply") node.operands.forEach(walk);
    enter(node);
  };
  roots.forEach(walk);
}

/** Names of the variables an expression depends on. */
export function variablesOf(...roots: Expression[]): Set<string> {
  const names = new Set<string>();
  visit(roots, (node) => node.kind === "variable" && names.add(node.name));
  return names;
}

/** All nodes that depend on one of the variables. */
export function nodesWith(names: readonly string[], roots: readonly Expression[]): ReadonlySet<Expression> {
  const found = new Set<Expression>();
  visit(roots, (node) => {
    const { operands = [] } = node.kind === "apply" ? node : {};
    if (operands.some((x) => found.has(x)) || (node.kind === "variable" && names.includes(node.name)))
      found.add(node);
  });
  return found;
}

/** Whether any of the expressions depends on the variable. */
export const uses = (name: string, expressions: readonly Expression[]): boolean =>
  variablesOf(...expressions).has(name);
