import type { Expression, Operator } from "../expression/expression.ts";
import {
  add,
  isLogical,
  max,
  mul,
  select,
  sub,
  variable,
  variablesOf,
  visit,
} from "../expression/expression.ts";
import { rewrite, substitute } from "../expression/rewrite.ts";
import { dependenceOf } from "../expression/separation.ts";
import type { Model } from "../physics/model.ts";
import type { Window } from "./window.ts";
import { windowPoints } from "./window.ts";

const t = variable("t");

/** The model at a place within a window of time: −1 is its start, 1 its end. */
export type Driven = (place: number) => Model;

/**
 * The model over a window of time. Each drive is replaced by the straight line with the same mean and the
 * same first moment over the window; a step of fourth order needs no more. At place 0 the line has the
 * mean. Breakpoints are those of the drives, in any order. Edges may fall anywhere: the mean is exact for
 * drives that are cubic between breakpoints.
 *
 * A drive is the largest part of an expression that is free of the state, products of several included.
 * Where one function contains both m and t, its innermost parts are averaged, which is of second order. A
 * choice by time between terms with m mixes the terms. The first window of a run may begin before t = 0: a
 * drive is evaluated there as it is written, or keeps its value at t = 0 if it might be undefined there.
 */
export function drivesOver(model: Model, window: Window, breakpoints: readonly number[]): Driven {
  const roots = [
    ...model.drift.flatMap(({ psi, omega }) => [psi, omega]),
    ...model.noise.map(({ diffusion }) => diffusion),
  ];
  if (!variablesOf(...roots).has("t")) return () => model;
  const { inTime, inSpace } = dependenceOf(roots, model.state);
  const stands = window.from < 0 && !isDefinedEverywhere(roots, inTime);
  const points = windowPoints(window, stands ? [0, ...breakpoints] : breakpoints);
  const line = (drive: Expression, place: number): Expression =>
    add(
      ...points.map((point) => {
        const [value] = substitute([drive], { t: stands ? max(point.time, 0) : point.time });
        return mul(point.share, place === 0 ? 1 : add(1, mul(3 * place, point.place)), value);
      }),
    );
  const middle = add(t, (window.from + window.to) / 2);
  const known = new Map<number, Model>();
  const drivenAt = (place: number): Model => {
    const replace = (node: Expression): Expression | undefined => {
      if (node.kind === "constant") return node;
      if (!inTime.has(node)) return node;
      if (!inSpace.has(node))
        return isLogical(node) ? substitute([node], { t: middle })[0] : line(node, place);
      if (node.kind !== "apply" || node.operator !== "select") return undefined;
      const [condition, ...choices] = node.operands;
      if (inSpace.has(condition)) return undefined;
      const [yes, no] = rewrite(choices, replace);
      return add(no, mul(line(select(condition, 1, 0), place), sub(yes, no)));
    };
    const replaced = rewrite(roots, replace);
    const diffusions = replaced.slice(2 * model.drift.length);
    return {
      ...model,
      drift: model.drift.map((_, i) => ({ psi: replaced[2 * i], omega: replaced[2 * i + 1] })),
      noise: model.noise.map((noise, i) => ({ ...noise, diffusion: diffusions[i] })),
    };
  };
  return (place) => {
    const found = known.get(place) ?? drivenAt(place);
    known.set(place, found);
    return found;
  };
}

const partial: ReadonlySet<Operator> = new Set(["sqrt", "log", "log1p", "asin", "acos", "atan2"]);

/** Whether the parts that depend on time alone have a value at all times; their operators decide it. */
function isDefinedEverywhere(roots: readonly Expression[], inTime: ReadonlySet<Expression>): boolean {
  let defined = true;
  visit(roots, (node) => {
    if (node.kind !== "apply") return;
    const mayFail = partial.has(node.operator)
      ? node.operands
      : node.operator === "div"
        ? node.operands.slice(1)
        : [];
    if (mayFail.some((operand) => inTime.has(operand))) defined = false;
  });
  return defined;
}
