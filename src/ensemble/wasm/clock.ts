import type { Expression, Operator } from "../../expression/expression.ts";
import { variable } from "../../expression/expression.ts";
import { construct, rewrite } from "../../expression/rewrite.ts";
import type { Code } from "../../expression/webassembly/binary.ts";
import type { FunctionBuilder } from "../../expression/webassembly/function.ts";
import { f32, f32x4, f64 } from "../../expression/webassembly/instructions.ts";
import type { Kernel } from "../kernel.ts";

/*
 * After ten million steps float32 no longer distinguishes one step from the next. Functions that are linear in time, such as the phase of
 * a drive or the time since the start of a pulse, are therefore computed in float64 (phases without their whole turns) and rounded last.
 */

/** slope·t + offset; angles without whole turns. */
interface Hand {
  readonly slope: number;
  readonly offset: number;
  readonly isAngle: boolean;
}

/** Expressions in which variables with the names of these hands stand for functions linear in t. */
export interface Clocked {
  readonly expressions: readonly Expression[];
  readonly hands: ReadonlyMap<string, Hand>;
}

/**
 * Reads expressions of t alone as slope·t + offset; undefined if one is not a sum of multiples of t by its form. (Not by its derivative:
 * that of a floor is 0.) Each shared part is read once; otherwise this takes seconds.
 */
function linesInTime(): (of: Expression) => Line | undefined {
  const known = new Map<Expression, Line | undefined>();
  const read = (node: Expression): Line | undefined => {
    if (node.kind === "constant") return { slope: 0, offset: node.value };
    if (node.kind === "variable") return node.name === "t" ? { slope: 1, offset: 0 } : undefined;
    if (!known.has(node)) known.set(node, combined(node.operator, node.operands.map(read)));
    return known.get(node);
  };
  return (of) => {
    const line = read(of);
    return line && line.slope !== 0 ? line : undefined;
  };
}

type Line = Omit<Hand, "isAngle">;

function combined(operator: Operator, [a, b]: readonly (Line | undefined)[]): Line | undefined {
  if (!a) return undefined;
  if (operator === "neg") return { slope: -a.slope, offset: -a.offset };
  if (!b) return undefined;
  if (operator === "add") return { slope: a.slope + b.slope, offset: a.offset + b.offset };
  if (operator === "sub") return { slope: a.slope - b.slope, offset: a.offset - b.offset };
  const [factor, line] = a.slope === 0 ? [a.offset, b] : [b.offset, a];
  if (operator !== "mul" || (a.slope !== 0 && b.slope !== 0)) return undefined;
  return { slope: factor * line.slope, offset: factor * line.offset };
}

/** Replaces functions that are linear in time by hands of a clock. */
export function clocked(expressions: readonly Expression[]): Clocked {
  const hands = new Map<string, Hand>();
  const lineOf = linesInTime();
  const read = (hand: Hand): Expression => {
    const name = `hand ${hand.slope} ${hand.offset} ${hand.isAngle}`;
    hands.set(name, hand);
    return variable(name);
  };
  return {
    expressions: rewrite(expressions, (node) => {
      if (node.kind !== "apply") return undefined;
      if (node.operator === "sin" || node.operator === "cos") {
        const angle = lineOf(node.operands[0]);
        return angle && construct[node.operator](read({ ...angle, isAngle: true }));
      }
      const linear = lineOf(node);
      return linear && read({ ...linear, isAngle: false });
    }),
    hands,
  };
}

const turn = 2 * Math.PI;

/** Whether a variable is the same for all spins. */
export const isOfClock = (name: string): boolean => name === "t" || name.startsWith("hand ");

/** Code for t or a hand at the start of a step, in four lanes. */
export function clockAt(
  f: FunctionBuilder,
  { timeStep }: Kernel,
  hands: Clocked["hands"],
  step: Code,
): (name: string) => Code {
  const splat = (number: Code): Code => f.keep(f32x4.splat(f32.demote(number)));
  const along = (perStep: number, offset: number): Code => {
    const way = f64.multiply(step, f64.constant(perStep));
    return offset === 0 ? way : f64.add(way, f64.constant(offset));
  };
  return (name) => {
    const { slope, offset, isAngle } = hands.get(name) ?? { slope: 1, offset: 0, isAngle: false };
    if (!isAngle) return splat(along(slope * timeStep, offset));
    const turns = f.keep(along((slope * timeStep) / turn, offset / turn), "f64");
    return splat(f64.multiply(f64.subtract(turns, f64.nearest(turns)), f64.constant(turn)));
  };
}
