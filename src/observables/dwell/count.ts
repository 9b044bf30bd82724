import type { Instrument, InstrumentContext } from "../../ensemble/instrument.ts";
import type { TallyResult } from "../../ensemble/kernel.ts";
import type { Observation } from "../../ensemble/observations.ts";
import type { Observer } from "../../ensemble/observers/observer.ts";
import type { Watched } from "../../ensemble/observers/threshold.ts";
import { capOf } from "../../experiment/cap.ts";
import type { Expression } from "../../expression/expression.ts";
import {
  add,
  and,
  less,
  lessEqual,
  max,
  select,
  square,
  sub,
  variable,
} from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import { angleBetween } from "../../numerics/parallel.ts";
import { observeLasting } from "./count-lasting.ts";
import { crossings, dwellHistogram } from "./crossings.ts";
import type { PlannedDwell } from "./spec.ts";
import { beginOf, dwellBins, labelNames, tallies } from "./tallies.ts";

/** Edges of the bins, in steps. */
export const edgesOf = (steps: number): number[] => {
  const span = Math.log(Math.max(steps, 2));
  return Array.from({ length: dwellBins + 1 }, (_, i) => Math.exp((span * i) / dwellBins));
};

/**
 * Interval of times that the whole numbers in a bin represent: from half a step below the first to half a step above
 * the last.
 */
export const coveredEdges = (edges: readonly number[], step: number): number[] =>
  edges.map((edge) => (Math.ceil(edge / step - 1e-6) - 0.5) * step);

/**
 * Two-level fluctuation with hysteresis: a spin has the label of the set it was in last. Each spin keeps the label
 * (1 up, −1 down, 0 before the first entry), the step at which the label began, and for each label the steps in
 * finished dwells and the exits. A finished dwell is counted in a bin of the logarithm of its length.
 */
function observe(
  id: string,
  scheme: Scheme,
  conditions: { readonly up: Expression; readonly down: Expression },
  problem: Watched,
): Observer {
  const { steps } = problem;
  const [label, since, upSteps, downSteps, upExits, downExits] = labelNames.map((what) =>
    variable(`${id}_${what}`),
  );
  const { now, next: nextLabel, armings, near } = crossings(id, scheme, conditions, problem, label);
  const isUp = less(0, label);
  const isDown = less(label, 0);
  // At the start, spins between the sets have no label, and these are the spins that are about to cross. Counting from
  // the start would miss more crossings than time and lengthen dwells by up to a per cent.
  const begin = beginOf(steps);
  const counting = lessEqual(begin, now);
  /** Number of counted steps of a dwell up to step `end`. */
  const stay = (end: Expression): Expression => max(0, sub(end, max(since, begin - 1)));
  const leavesUp = and(isUp, less(nextLabel, 0));
  const leavesDown = and(isDown, less(0, nextLabel));
  const switches = less(0, square(sub(nextLabel, label)));
  const counted = (exits: Expression, leaves: Expression): Expression =>
    select(and(leaves, counting), add(exits, 1), exits);
  // the state after the last step is not sampled
  const open = stay(sub(now, 1));
  const upTotal = select(isUp, add(upSteps, open), upSteps);
  const downTotal = select(isDown, add(downSteps, open), downSteps);
  return {
    registers: [
      ...labelNames.map((what) => ({ name: `${id}_${what}`, initial: 0 })),
      ...armings.flatMap(({ registers }) => registers),
    ],
    watch: [],
    events: [
      {
        when: near,
        set: {
          ...Object.assign({}, ...armings.map(({ set }) => set)),
          [`${id}_label`]: nextLabel,
          [`${id}_since`]: select(switches, now, since),
          [`${id}_upSteps`]: select(leavesUp, add(upSteps, stay(now)), upSteps),
          [`${id}_downSteps`]: select(leavesDown, add(downSteps, stay(now)), downSteps),
          [`${id}_upExits`]: counted(upExits, leavesUp),
          [`${id}_downExits`]: counted(downExits, leavesDown),
        },
        count: [
          dwellHistogram(
            { when: and(counting, switches), label, since, dwelt: sub(now, since), next: nextLabel },
            steps,
          ),
        ],
      },
    ],
    views: {
      [id]: tallies({ upSteps: upTotal, upExits, downSteps: downTotal, downExits }, steps),
    },
  };
}

/** Counted steps up to step `last`; of the last ones it is unknown which visits would last. */
export const countedSteps = (
  { minimumSteps = 0 }: Pick<PlannedDwell, "minimumSteps">,
  steps: number,
  last: number,
): number => Math.max(0, last - beginOf(steps) - minimumSteps);

/** Counts of an ensemble; times in steps. */
export interface ObservedDwell extends Observation {
  readonly type: "dwell";
  readonly up: DwellTotals | null;
  readonly down: DwellTotals | null;
  readonly occupationUp: number | null;
  readonly occupationUpStandardError: number | null;
  /**
   * Dwells that began and ended during counting, in `dwellBins` bins of the logarithm of their length, from one step to
   * the whole run.
   */
  readonly upCounts: Float64Array;
  readonly downCounts: Float64Array;
  /**
   * Number of spins whose first set, since the start of counting and of the run, was the other one: each may have left
   * this one before, and that crossing is not counted.
   */
  readonly missed: { readonly up: number; readonly down: number };
  /** Share of the counted time in which spins had been in neither set since the start. */
  readonly unlabelled: number;
}

const nothing = { unlabelled: 0, up: null, down: null, occupationUp: null, occupationUpStandardError: null };

export const instrument = (planned: PlannedDwell, context: InstrumentContext): Instrument => ({
  observer:
    planned.minimumSteps === undefined
      ? observe(context.id, context.scheme, planned, context.problem)
      : observeLasting(context.id, context.scheme, planned, planned.minimumSteps, context.problem),
  sample: () => (ensemble) => ensemble.observe(context.id),
  observation(records, [dwells = new Float64Array(2 * dwellBins + 2)]): ObservedDwell {
    const last = records.at(-1) as { readonly step: number; readonly value: TallyResult[] } | undefined;
    return {
      type: "dwell",
      name: planned.name,
      ...(last ? readDwell(last.value, countedSteps(planned, context.problem.steps, last.step)) : nothing),
      upCounts: dwells.slice(0, dwellBins),
      downCounts: dwells.slice(dwellBins, 2 * dwellBins),
      missed: { up: dwells[2 * dwellBins], down: dwells[2 * dwellBins + 1] },
    };
  },
});

/** Distance between the rims of the two sets, if both are caps, rad. */
export function way({ up, down }: PlannedDwell): number | undefined {
  const [from, to] = [up, down].map(capOf);
  return from && to ? angleBetween(from.axis, to.axis) - from.angle - to.angle : undefined;
}

export interface DwellTotals {
  readonly mean: number;
  readonly standardError: number;
  readonly count: number;
}

/** Mean dwell (in steps) as time under a label over exits from it, its standard error over spins, and occupation. */
function readDwell(
  results: readonly TallyResult[],
  countedSteps: number,
): {
  unlabelled: number;
  up: DwellTotals | null;
  down: DwellTotals | null;
  occupationUp: number | null;
  occupationUpStandardError: number | null;
} {
  const sums = results.map((result) => (result.kind === "sum" ? result.total : 0));
  const spins = results[0].kind === "sum" ? results[0].count : 0;
  const [up, upExits, down, downExits, upUp, upCross, exitsUpUp, downDown, downCross, exitsDownDown, upDown] =
    sums;
  const ratio = (time: number, exits: number, tt: number, te: number, ee: number): DwellTotals | null => {
    if (exits === 0) return null;
    const mean = time / exits;
    const variance = Math.max(tt - 2 * mean * te + mean * mean * ee, 0);
    return {
      mean,
      standardError: Math.sqrt((variance * spins) / Math.max(spins - 1, 1)) / exits,
      count: exits,
    };
  };
  const labelled = up + down;
  const counted = spins * countedSteps;
  const occupationUp = labelled > 0 ? up / labelled : null;
  let occupationUpStandardError: number | null = null;
  if (occupationUp !== null) {
    const q = 1 - occupationUp;
    const variance = Math.max(q * q * upUp - 2 * q * occupationUp * upDown + occupationUp ** 2 * downDown, 0);
    occupationUpStandardError = Math.sqrt(variance) / labelled;
  }
  return {
    unlabelled: counted > 0 ? Math.max(0, 1 - labelled / counted) : 0,
    up: ratio(up, upExits, upUp, upCross, exitsUpUp),
    down: ratio(down, downExits, downDown, downCross, exitsDownDown),
    occupationUp,
    occupationUpStandardError,
  };
}
