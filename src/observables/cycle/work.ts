import { boundOf } from "../../ensemble/bound-of.ts";
import type { Problem } from "../../experiment/problem.ts";
import { differentiate } from "../../expression/differentiate.ts";
import type { Expression } from "../../expression/expression.ts";
import { add, less, mul, or, select, sub, uses, variable, visit } from "../../expression/expression.ts";
import { substitute } from "../../expression/rewrite.ts";
import { separate } from "../../expression/separation.ts";
import { timeFunctions } from "../../expression/time-functions.ts";
import { timeline } from "../../expression/timeline.ts";
import { meansOf } from "../../physics/spread.ts";
import type { PlannedCycle } from "./spec.ts";

/** Work of the drive on a magnet at rest, from half a step before t to half a step after. */
export interface WorkInStep {
  readonly of: Expression;
  /** ∂V/∂t. */
  readonly power: Expression;
  /** V at the end minus V at the start; undefined if the drive is one smooth formula of t. */
  readonly change: Expression | undefined;
}

/**
 * ∂V/∂t times the step if the drive is smooth over the step. If a choice in it (abs, floor, min, max, a condition)
 * differs at the end, the change of V from start to end, which includes jumps; the derivative does not contain them.
 */
export function workInStep({ energy, timeStep }: Problem): WorkInStep {
  const power = differentiate(energy, "t");
  const t = variable("t");
  const at = (of: Expression, shift: number): Expression =>
    substitute([of], { t: add(t, shift * timeStep) })[0];
  const gain = (of: Expression): Expression => sub(at(of, 0.5), at(of, -0.5));
  const switched = choicesOf(energy)
    .map(gain)
    .map((by) => or(less(by, 0), less(0, by)));
  const smooth = mul(timeStep, power);
  if (switched.length === 0) return { of: smooth, power, change: undefined };
  // terms without t are left out, otherwise the rounding error would be that of the whole energy
  const terms = separate(energy);
  const change = terms
    ? terms
        .filter(({ time }) => uses("t", [time]))
        .reduce<Expression>((sum, { time, space }) => add(sum, mul(gain(time), space)), add())
    : gain(energy);
  return {
    of: select(
      switched.reduce((any, one) => or(any, one)),
      change,
      smooth,
    ),
    power,
    change,
  };
}

/**
 * Numbers that represent the choices in functions of t: they are the same at two times if no choice differs between
 * them.
 */
function choicesOf(energy: Expression): Expression[] {
  const found: Expression[] = [];
  const sign = (x: Expression): void => {
    if (uses("t", [x])) found.push(select(less(x, 0), 1, 0));
  };
  visit(timeFunctions(energy), (node) => {
    if (node.kind !== "apply") return;
    const [x, y] = node.operands;
    if (node.operator === "abs") sign(x);
    else if (node.operator === "floor" && uses("t", [x])) found.push(node);
    else if (["min", "max", "less", "lessEqual"].includes(node.operator)) sign(sub(x, y));
  });
  return found;
}

/** Bound of the work in a period, in `units.energy`. */
export function largestWork(problem: Problem, { periodSteps }: PlannedCycle): number {
  const { power, change } = workInStep(problem);
  const length = periodSteps * problem.timeStep;
  const smooth = boundOf(power, problem) * length;
  if (!change) return smooth;
  const functions = substitute([...timeFunctions(problem.energy)], meansOf(problem.spreads));
  const { breakpoints, isComplete } = timeline(functions, 0, length);
  // one more at the end of a period, where the next one starts
  const count = isComplete ? breakpoints.length + 1 : periodSteps;
  return smooth + count * boundOf(change, problem);
}
