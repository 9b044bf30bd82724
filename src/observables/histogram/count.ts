import type { Instrument, InstrumentContext, TakeSample } from "../../ensemble/instrument.ts";
import { noObserver } from "../../ensemble/instrument.ts";
import type { Observation, Record } from "../../ensemble/observations.ts";
import type { Observer } from "../../ensemble/observers/observer.ts";
import { seen, seenInPassing } from "../../ensemble/observers/observer.ts";
import type { Gathering } from "../../experiment/problem.ts";
import { add, and, lessEqual, mul, variable } from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { Binning } from "../../physics/binning.ts";
import { binCount, binIndex, inSomeBin } from "../../physics/binning.ts";
import type { PlannedHistogram } from "./spec.ts";

/** Counts of the ensemble by bin. */
function observe(id: string, scheme: Scheme, binning: Binning): Observer {
  const inside = inSomeBin(binning);
  return {
    ...noObserver,
    views: {
      [id]: [
        {
          kind: "bins",
          ...(inside ? { when: seen(scheme, inside) } : {}),
          index: seen(scheme, binIndex(binning)),
          bins: binCount(binning),
        },
      ],
    },
  };
}

/**
 * Number of separately counted groups of spins. Samples of one spin are correlated, so the error of all gathered counts
 * comes from the scatter between groups, which are independent.
 */
const gatheringGroups = 16;

/** Counts of the ensemble by group and bin, gathered by many samples while the steps run. */
function gatherAlong(
  id: string,
  scheme: Scheme,
  binning: Binning,
  { every, from }: Gathering,
  timeStep: number,
): Observer {
  const bins = binCount(binning);
  const group = variable(`${id}_group`);
  const inside = inSomeBin(binning);
  // the range of a formula may end exactly at |m| = 1, and the formula may have no value beyond it
  const sample = binning.kind === "expression" ? seen : seenInPassing;
  const conditions = [
    ...(inside ? [sample(scheme, inside)] : []),
    ...(from > 0 ? [lessEqual((from - 0.5) * timeStep, variable("t"))] : []),
  ];
  return {
    registers: [{ name: `${id}_group`, initial: (spin) => spin % gatheringGroups }],
    watch: [
      {
        kind: "bins",
        every,
        ...(conditions.length > 0 ? { when: conditions.reduce((a, b) => and(a, b)) } : {}),
        index: add(mul(bins, group), sample(scheme, binIndex(binning))),
        bins: gatheringGroups * bins,
      },
    ],
    events: [],
    views: {},
  };
}

export interface ObservedHistogram extends Observation {
  readonly type: "histogram";
  readonly records: readonly Record<Float64Array>[];
  /** Counts of each group of spins, gathered by many samples. */
  readonly groups?: readonly Float64Array[];
}

export function instrument(
  { name, binning, gather }: PlannedHistogram,
  { id, scheme, problem }: InstrumentContext,
): Instrument {
  const type = "histogram";
  const sample = (): TakeSample => async (ensemble) => {
    const [result] = await ensemble.observe(id);
    return result.kind === "bins" ? result.counts : new Float64Array();
  };
  if (!gather)
    return {
      observer: observe(id, scheme, binning),
      sample,
      observation: (records): ObservedHistogram => ({
        type,
        name,
        records: records as Record<Float64Array>[],
      }),
    };
  const bins = binCount(binning);
  return {
    observer: gatherAlong(id, scheme, binning, gather, problem.timeStep),
    sample,
    observation: (_records, [counts = new Float64Array(gatheringGroups * bins)]): ObservedHistogram => ({
      type,
      name,
      records: [],
      groups: Array.from({ length: gatheringGroups }, (_, g) => counts.slice(g * bins, (g + 1) * bins)),
    }),
  };
}
