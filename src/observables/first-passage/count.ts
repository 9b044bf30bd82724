import type { Instrument, InstrumentContext } from "../../ensemble/instrument.ts";
import type { TallyResult } from "../../ensemble/kernel.ts";
import type { Observation } from "../../ensemble/observations.ts";
import { angleBetween, capOf } from "../../ensemble/observers/cap.ts";
import type { Observer } from "../../ensemble/observers/observer.ts";
import type { Watched } from "../../ensemble/observers/threshold.ts";
import { arm, thresholdOf } from "../../ensemble/observers/threshold.ts";
import type { Problem } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import {
  add,
  div,
  less,
  lessEqual,
  max,
  min,
  mul,
  select,
  sub,
  variable,
} from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import { passageBin, passageBins } from "./bins.ts";
import type { PlannedPassage } from "./spec.ts";

/**
 * Time at which each spin first meets a condition, in steps. A spin that starts inside has time 0. Between two
 * looks the time is interpolated in the margin.
 */
function observe(
  name: string,
  id: string,
  scheme: Scheme,
  condition: Expression,
  problem: Watched,
): Observer {
  const { timeStep, steps } = problem;
  const time = variable(`${id}_time`);
  const kept = variable(`${id}_kept`);
  const now = div(variable("t"), timeStep);
  const threshold = thresholdOf(condition, scheme, problem);
  const atStart = less(variable("t"), timeStep / 2);
  const waiting = less(time, 0);
  const interpolated = (margin: Expression): Expression => {
    const last = threshold.before(margin, kept);
    const share = div(last, max(sub(last, margin), 1e-12));
    return max(0, add(sub(now, 1), max(0, min(share, 1))));
  };
  // the first look uses the condition as it stands: there is no path before it
  const found = select(
    atStart,
    select(lessEqual(threshold.unmoved, 0), 0, time),
    select(lessEqual(threshold.passing, 0), interpolated(threshold.passing), time),
  );
  const { registers, near, set } = arm(threshold, `${id}_level`, waiting, less(found, 0));
  const final = select(
    waiting,
    select(lessEqual(threshold.final, 0), interpolated(threshold.final), -1),
    time,
  );
  const finished = lessEqual(0, final);
  const bin = passageBin(mul(1 / steps, final));
  return {
    registers: [
      { name: `${id}_time`, initial: -1 },
      { name: `${id}_kept`, initial: 0, next: threshold.kept },
      ...registers,
    ],
    watch: [],
    finished: [`${id}_time`],
    events: [{ when: near, set: { [`${id}_time`]: found, ...set }, count: [] }],
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
  /** Spins that passed, by bin of `passageShares`. */
  readonly counts: Float64Array;
  readonly passed: number;
  readonly censored: number;
  /** Sum of passage times and of their squares, in units of the duration. */
  readonly sum: number;
  readonly sumOfSquares: number;
}

export interface ObservedPassage extends Observation {
  readonly type: "firstPassage";
  readonly passage: PassageCounts | null;
}

export const instrument = (
  { name, until }: PlannedPassage,
  { id, scheme, problem }: InstrumentContext,
): Instrument => ({
  observer: observe(name, id, scheme, until, problem),
  look: () => (ensemble) => ensemble.observe(name),
  observation(records): ObservedPassage {
    const last = records.at(-1)?.value as TallyResult[] | undefined;
    return { type: "firstPassage", name, passage: last ? readFirstPassage(last) : null };
  },
});

/** The way from a sharp start to the rim of the set, where it is a cap. */
export function way({ until }: PlannedPassage, initial: Problem["initial"]): number | undefined {
  if (initial.kind !== "direction") return undefined;
  const cap = capOf(until);
  return cap && angleBetween(initial.m, cap.axis) - cap.angle;
}

/** Counts and sums from the view of `observe`. */
function readFirstPassage([histogram, sum, squares]: readonly TallyResult[]): PassageCounts {
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
