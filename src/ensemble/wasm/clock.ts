import { differentiate } from "../../expression/differentiate.ts";
import type { Expression } from "../../expression/expression.ts";
import { constantValue, isLogical, variable } from "../../expression/expression.ts";
import { construct, rewrite, substitute } from "../../expression/rewrite.ts";
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

/** Returns a test whether t is the only variable of an expression. It remembers shared parts; without that it takes seconds. */
function readersOfTime(): (of: Expression) => boolean {
  const known = new Map<Expression, "nothing" | "time" | "more">();
  const readBy = (node: Expression): "nothing" | "time" | "more" => {
    let found = known.get(node);
    if (found) return found;
    if (node.kind === "constant") found = "nothing";
    else if (node.kind === "variable") found = node.name === "t" ? "time" : "more";
    else {
      const parts = node.operands.map(readBy);
      found = parts.includes("more") ? "more" : parts.includes("time") ? "time" : "nothing";
    }
    known.set(node, found);
    return found;
  };
  return (of) => readBy(of) === "time";
}

/** An expression of t alone as slope·t + offset; undefined if it is not linear. */
function linearInTime(of: Expression): Omit<Hand, "isAngle"> | undefined {
  if (isLogical(of)) return undefined;
  const slope = constantValue(differentiate(of, "t"));
  const offset = constantValue(substitute([of], { t: 0 })[0]);
  return slope === undefined || slope === 0 || offset === undefined ? undefined : { slope, offset };
}

/** Replaces functions that are linear in time by hands of a clock. */
export function clocked(expressions: readonly Expression[]): Clocked {
  const hands = new Map<string, Hand>();
  const isOfTime = readersOfTime();
  const read = (hand: Hand): Expression => {
    const name = `hand ${hand.slope} ${hand.offset} ${hand.isAngle}`;
    hands.set(name, hand);
    return variable(name);
  };
  return {
    expressions: rewrite(expressions, (node) => {
      if (node.kind !== "apply") return undefined;
      if (node.operator === "sin" || node.operator === "cos") {
        const [of] = node.operands;
        const angle = isOfTime(of) ? linearInTime(of) : undefined;
        return angle && construct[node.operator](read({ ...angle, isAngle: true }));
      }
      const linear = isOfTime(node) ? linearInTime(node) : undefined;
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
