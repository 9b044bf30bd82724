import type { Expression } from "../../expression/expression.ts";
import {
  add,
  div,
  floor,
  less,
  lessEqual,
  max,
  min,
  mul,
  select,
  sub,
  variable,
} from "../../expression/expression.ts";
import { margin } from "../../expression/margin.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { TallyResult } from "../kernel.ts";
import type { Observer } from "./observer.ts";
import { seen, seenInPassing } from "./observer.ts";
import { watchedMargin } from "./threshold.ts";

/** Evenly spaced bins of the passage time. */
export const passageBins = 256;

/**
 * Time at which each spin first meets a condition, in steps. A spin that starts inside has time 0. Between two
 * looks the time is interpolated in the margin. `steps` is the length of the run.
 */
export function observeFirstPassage(
  name: string,
  id: string,
  scheme: Scheme,
  condition: Expression,
  diffusion: Expression,
  timeStep: number,
  steps: number,
): Observer {
  const time = variable(`${id}_time`);
  const last = variable(`${id}_last`);
  const now = div(variable("t"), timeStep);
  const watched = watchedMargin(condition, diffusion, timeStep);
  const atStart = less(variable("t"), timeStep / 2);
  // the first look uses the condition as it stands: there is no path before it
  const g = select(atStart, seenInPassing(scheme, margin(condition)), seenInPassing(scheme, watched));
  const passed = lessEqual(0, time);
  const interpolated = (value: Expression): Expression =>
    select(atStart, 0, max(0, add(sub(now, 1), div(last, max(sub(last, value), 1e-12)))));
  const next = select(passed, time, select(lessEqual(g, 0), interpolated(g), time));
  const atEnd = seen(scheme, watched);
  const final = select(passed, time, select(lessEqual(atEnd, 0), interpolated(atEnd), -1));
  const finished = lessEqual(0, final);
  const bin = min(floor(mul(passageBins / steps, final)), passageBins - 1);
  return {
    registers: [
      { name: `${id}_time`, initial: -1, next },
      { name: `${id}_last`, initial: 0, next: g },
    ],
    watch: [],
    views: {
      [name]: [
        { kind: "histogram", index: select(finished, bin, passageBins), bins: passageBins + 1 },
        { kind: "sum", when: finished, value: mul(1 / steps, final), low: 0, high: 1 },
        { kind: "sum", when: finished, value: mul(1 / steps, 1 / steps, final, final), low: 0, high: 1 },
      ],
    },
  };
}

export interface PassageCounts {
  /** Spins that passed, by bin of [0, duration]. */
  readonly counts: Float64Array;
  readonly passed: number;
  readonly censored: number;
  /** Sum of passage times and of their squares, in units of the duration. */
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** Counts and sums from the view of `observeFirstPassage`. */
export function readFirstPassage([histogram, sum, squares]: readonly TallyResult[]): PassageCounts {
  if (histogram.kind !== "histogram" || sum.kind !== "sum" || squares.kind !== "sum")
    throw new Error("not the view of a first passage");
  const counts = histogram.counts.slice(0, passageBins);
  return {
    counts,
    passed: sum.count,
    censored: histogram.counts[passageBins],
    sum: sum.total,
    sumOfSquares: squares.total,
  };
}
