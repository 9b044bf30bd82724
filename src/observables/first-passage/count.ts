import type { Instrument, InstrumentContext } from "../../ensemble/instrument.ts";
import type { Tally, TallyResult } from "../../ensemble/kernel.ts";
import type { Observation } from "../../ensemble/observations.ts";
import type { Observer } from "../../ensemble/observers/observer.ts";
import type { Watched } from "../../ensemble/observers/threshold.ts";
import { arm, thresholdOf } from "../../ensemble/observers/threshold.ts";
import { startsNearRim } from "../../experiment/near-rim.ts";
import { endingCondition, narrowest, passageSet } from "../../experiment/passage-set.ts";
import type { Problem } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import {
  add,
  and,
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
import type { Scheme } from "../../integrators/index.ts";
import { passageBin, passageBins } from "./bins.ts";
import type { Bridge } from "./bridge.ts";
import { bridgeOf } from "./bridge.ts";
import type { PlannedPassage } from "./spec.ts";

/**
 * Time at which each spin first meets a condition, in steps. A spin that starts inside has time 0. Between two
 * samples the time is interpolated in the margin.
 */
function observe(id: string, scheme: Scheme, condition: Expression, problem: Watched): Observer {
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
  // the first sample uses the condition without a shift, because there is no path before it
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
  return {
    registers: [
      { name: `${id}_time`, initial: -1 },
      { name: `${id}_kept`, initial: 0, next: threshold.kept },
      ...registers,
    ],
    watch: [],
    finished: [`${id}_time`],
    events: [{ when: near, set: { [`${id}_time`]: found, ...set }, count: [] }],
    views: { [id]: passageView(final, steps) },
  };
}

/** The same for spins that start near the rim, for which passages between samples are tested as well. */
function observeBridged(id: string, bridge: Bridge, { timeStep, steps }: Problem): Observer {
  const time = variable(`${id}_time`);
  // a whole number: the rounding of one step may be more than the share of it
  const now = floor(add(div(variable("t"), timeStep), 0.5));
  const waiting = less(time, 0);
  const after = (share: Expression): Expression => max(0, add(sub(now, 1), share));
  const met = select(bridge.met, after(bridge.share), time);
  const final = select(waiting, select(bridge.finallyMet, after(bridge.finalShare), -1), time);
  return {
    registers: [{ name: `${id}_time`, initial: -1 }, ...bridge.registers],
    watch: [],
    finished: [`${id}_time`],
    events: [
      {
        when: and(bridge.near, waiting),
        set: { [`${id}_time`]: bridge.inside ? select(bridge.inside, 0, met) : met, ...bridge.set },
        count: [],
      },
    ],
    views: { [id]: passageView(final, steps) },
  };
}

/** Bins of the passage time in steps, and sums of it and of its square; it is negative where a spin has not passed. */
function passageView(final: Expression, steps: number): Tally[] {
  const finished = lessEqual(0, final);
  const bin = passageBin(mul(1 / steps, final));
  return [
    { kind: "bins", index: select(finished, bin, passageBins), bins: passageBins + 1 },
    { kind: "sum", when: finished, value: mul(1 / steps, final), low: 0, high: 1 },
    { kind: "sum", when: finished, value: mul(1 / steps, 1 / steps, final, final), low: 0, high: 1 },
  ];
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
  observer: observerOf(id, scheme, until, problem),
  sample: () => (ensemble) => ensemble.observe(id),
  observation(records): ObservedPassage {
    const last = records.at(-1)?.value as TallyResult[] | undefined;
    return { type: "firstPassage", name, passage: last ? readFirstPassage(last) : null };
  },
});

function observerOf(id: string, scheme: Scheme, until: Expression, problem: Problem): Observer {
  const bridge = startsNearRim(problem, until) && bridgeOf(id, until, scheme, problem);
  return bridge
    ? observeBridged(id, bridge, problem)
    : observe(id, scheme, endingCondition(until, problem.initial), problem);
}

/** The narrowest part of the set, or gap in it, that a step must not jump over, rad. */
export function way({ until }: PlannedPassage, { initial }: Pick<Problem, "initial">): number | undefined {
  const found = passageSet(until, initial);
  return found && narrowest(found.set, initial);
}

/** Counts and sums from the view of `observe`. */
function readFirstPassage([bins, sum, squares]: readonly TallyResult[]): PassageCounts {
  if (bins.kind !== "bins" || sum.kind !== "sum" || squares.kind !== "sum")
    throw new Error("not the view of a first passage");
  const counts = bins.counts.slice(0, passageBins);
  return {
    counts,
    passed: sum.count,
    censored: bins.counts[passageBins],
    sum: sum.total,
    sumOfSquares: squares.total,
  };
}
