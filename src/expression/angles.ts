import type { Expression } from "./expression.ts";
import {
  add,
  atan2,
  constant,
  constantValue,
  cos,
  div,
  mul,
  neg,
  pow,
  sin,
  sqrt,
  square,
  sub,
  variablesOf,
} from "./expression.ts";
import { construct } from "./rewrite.ts";
import { m } from "./vector.ts";

/*
 * Rewrites functions of the angles theta and phi as functions of mx, my, mz, which are smooth where the angles are not. Every
 * intermediate value is `factor · s^power` with s = sin(theta), so that sin(theta) cos(phi) = s · mx/s becomes mx, without root or
 * quotient.
 */

interface Value {
  readonly factor: Expression;
  readonly power: number;
}

const [mx, my, mz] = m;
const s2 = add(square(mx), square(my));
/**
 * s itself. The 1e-30 makes its gradient finite at the poles, where s has a kink. Elsewhere it changes no digit of s at any m that
 * float32 can hold.
 */
const s = sqrt(add(s2, 1e-30));

const plain = (factor: Expression): Value => ({ factor, power: 0 });
const angles = ["theta", "phi"];

/** The value as an expression: odd powers of s bring the root back; negative powers keep their poles. */
function written({ factor, power }: Value): Expression {
  if (power === 0) return factor;
  const size = Math.abs(power);
  const root = power > 0 ? s : sqrt(s2);
  const even = pow(s2, Math.floor(size / 2));
  const whole = size % 2 === 0 ? even : mul(even, root);
  return power > 0 ? mul(factor, whole) : div(factor, whole);
}

function sum(a: Value, b: Value, join: (x: Expression, y: Expression) => Expression): Value {
  if (constantValue(a.factor) === 0) return { factor: join(constant(0), b.factor), power: b.power };
  if (constantValue(b.factor) === 0) return a;
  if ((a.power - b.power) % 2 !== 0) return plain(join(written(a), written(b)));
  const power = Math.min(a.power, b.power);
  const level = (value: Value) => mul(value.factor, pow(s2, (value.power - power) / 2));
  return { factor: join(level(a), level(b)), power };
}

/** n and rest of x = n·angle + rest, with a whole number n and a rest without angles; else undefined. */
function linear(x: Expression, angle: string): { n: number; rest: Expression } | undefined {
  if (x.kind === "variable" && x.name === angle) return { n: 1, rest: constant(0) };
  if (!angles.some((name) => variablesOf(x).has(name))) return { n: 0, rest: x };
  if (x.kind !== "apply") return undefined;
  const parts = x.operands.map((operand) => linear(operand, angle));
  const [a, b] = parts;
  if (!a || (x.operands.length > 1 && !b)) return undefined;
  switch (x.operator) {
    case "add":
      return { n: a.n + b!.n, rest: add(a.rest, b!.rest) };
    case "sub":
      return { n: a.n - b!.n, rest: sub(a.rest, b!.rest) };
    case "neg":
      return { n: -a.n, rest: neg(a.rest) };
    case "mul": {
      const factor = constantValue(x.operands[0]);
      if (factor === undefined || !Number.isInteger(factor * b!.n)) return undefined;
      return { n: factor * b!.n, rest: mul(factor, b!.rest) };
    }
    default:
      return undefined;
  }
}

/** Real and imaginary part of (x + iy)^n, n ≥ 0. */
function power(x: Expression, y: Expression, n: number): [Expression, Expression] {
  let [re, im]: [Expression, Expression] = [constant(1), constant(0)];
  for (let k = 0; k < n; k++) [re, im] = [sub(mul(re, x), mul(im, y)), add(mul(re, y), mul(im, x))];
  return [re, im];
}

/** cos and sin of n·theta: Chebyshev polynomials, T_n(mz) and s U_{n−1}(mz). */
function multipleOfTheta(n: number): { cos: Value; sin: Value } {
  let [t, tNext, u, uNext] = [constant(1), mz as Expression, constant(0), constant(1)];
  for (let k = 0; k < n; k++) {
    [t, tNext] = [tNext, sub(mul(2, mul(mz, tNext)), t)];
    [u, uNext] = [uNext, sub(mul(2, mul(mz, uNext)), u)];
  }
  return { cos: plain(t), sin: { factor: u, power: 1 } };
}

function multipleOfPhi(n: number): { cos: Value; sin: Value } {
  const [re, im] = power(mx, my, n);
  return { cos: { factor: re, power: -n }, sin: { factor: im, power: -n } };
}

/** cos or sin of n·angle + rest by the addition theorem; undefined if the argument has another form. */
function circular(operator: "cos" | "sin", argument: Expression): Value | undefined {
  for (const angle of angles) {
    const found = linear(argument, angle);
    if (!found || found.n === 0 || Math.abs(found.n) > 12) continue;
    const size = Math.abs(found.n);
    const of = angle === "theta" ? multipleOfTheta(size) : multipleOfPhi(size);
    const sine = { factor: found.n < 0 ? neg(of.sin.factor) : of.sin.factor, power: of.sin.power };
    const [c, d] = [plain(cos(found.rest)), plain(sin(found.rest))];
    return operator === "cos"
      ? sum(product(of.cos, c), product(sine, d), sub)
      : sum(product(sine, c), product(of.cos, d), add);
  }
  return undefined;
}

const product = (a: Value, b: Value): Value => ({
  factor: mul(a.factor, b.factor),
  power: a.power + b.power,
});

/** The same function, written in mx, my, mz. */
export function withoutAngles(of: Expression): Expression {
  const done = new Map<Expression, Value>();
  const walk = (node: Expression): Value => {
    const known = done.get(node);
    if (known) return known;
    const value = rewritten(node);
    done.set(node, value);
    return value;
  };
  const rewritten = (node: Expression): Value => {
    if (node.kind === "constant") return plain(node);
    if (node.kind === "variable") {
      if (node.name === "theta") return plain(atan2(s, mz));
      if (node.name === "phi") return plain(atan2(my, mx));
      return plain(node);
    }
    const { operator, operands } = node;
    if (operator === "sin" || operator === "cos") {
      const value = circular(operator, operands[0]);
      if (value) return value;
    }
    const parts = operands.map(walk);
    switch (operator) {
      case "mul":
        return product(parts[0], parts[1]);
      case "div":
        return { factor: div(parts[0].factor, parts[1].factor), power: parts[0].power - parts[1].power };
      case "neg":
        return { factor: neg(parts[0].factor), power: parts[0].power };
      case "add":
        return sum(parts[0], parts[1], add);
      case "sub":
        return sum(parts[0], parts[1], sub);
      default:
        return plain(construct[operator](...parts.map(written)));
    }
  };
  return written(walk(of));
}
