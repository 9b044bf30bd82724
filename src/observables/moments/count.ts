import { equalSpins } from "../../ensemble/equal-spins.ts";
import { errorOfMean } from "../../ensemble/error-of-mean.ts";
import type { Instrument, InstrumentContext } from "../../ensemble/instrument.ts";
import { noObserver } from "../../ensemble/instrument.ts";
import type { Tally, TallyResult } from "../../ensemble/kernel.ts";
import type { Observation, Record } from "../../ensemble/observations.ts";
import type { Observer } from "../../ensemble/observers/observer.ts";
import { seen } from "../../ensemble/observers/observer.ts";
import type { Expression } from "../../expression/expression.ts";
import { less, mul, select, sub } from "../../expression/expression.ts";
import { m, pairs } from "../../expression/vector.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { PlannedMoments } from "./spec.ts";

const products = pairs.map(([i, j]) => mul(m[i], m[j]));

/** ⟨m⟩, ⟨m m⟩ and the energy with the sums that their standard errors need. */
function observe(
  id: string,
  scheme: Scheme,
  energy: Expression,
  range: { low: number; high: number },
): Observer {
  const sum = (value: Expression, low: number, high: number): Tally => ({
    kind: "sum",
    value: seen(scheme, value),
    low,
    high,
  });
  const span = Math.max(range.high - range.low, 1e-6 * Math.max(1, Math.abs(range.high)));
  // scaled to 0 … 1 over the sphere, so that squares keep their digits for any zero of energy
  const relative = mul(1 / span, sub(energy, range.low));
  return {
    ...noObserver,
    views: {
      [id]: [
        ...m.map((x) => sum(x, -1, 1)),
        ...products.map((x) => sum(x, -1, 1)),
        ...products.map((x) => sum(mul(x, x), 0, 1)),
        sum(relative, 0, 1),
        sum(mul(relative, relative), 0, 1),
        { kind: "bins", index: seen(scheme, select(less(0, m[2]), 1, 0)), bins: 2 },
      ],
    },
  };
}

export interface Moments {
  readonly m: number[];
  readonly mStandardError: number[];
  readonly mm: number[];
  readonly mmStandardError: number[];
  readonly energy: number;
  readonly energyStandardError: number;
  /** Spins with mz > 0, and all spins. */
  readonly up: number;
  readonly spins: number;
}

/** Means and standard errors from the counters of `observe`; the energy in the unit of its expression. */
export function readMoments(
  results: readonly TallyResult[],
  range: { low: number; high: number },
  areEqual = false,
): Moments {
  const means = results.map((result) => (result.kind === "sum" ? result.total / result.count : 0));
  const bySide = results[results.length - 1];
  if (bySide.kind !== "bins") throw new Error("not the view of moments");
  const count = results[0].kind === "sum" ? results[0].count : 0;
  const span = Math.max(range.high - range.low, 1e-6 * Math.max(1, Math.abs(range.high)));
  const mean = means.slice(0, 3);
  const mm = means.slice(3, 9);
  const error = (value: number, square: number, width: number, rangeOfSquares: number): number =>
    errorOfMean({ mean: value, meanSquare: square, count, range: width, rangeOfSquares, areEqual });
  return {
    m: mean,
    mStandardError: mean.map((x, i) => error(x, mm[i], 2, 2)),
    mm,
    mmStandardError: mm.map((x, i) => error(x, means[9 + i], 2, 1)),
    energy: range.low + means[15] * span,
    energyStandardError: error(means[15], means[16], 1, 1) * span,
    up: bySide.counts[1],
    spins: bySide.counts[0] + bySide.counts[1],
  };
}

export interface ObservedMoments extends Observation {
  readonly type: "moments";
  readonly records: readonly Record<Moments>[];
}

export const instrument = (
  { name }: PlannedMoments,
  { id, scheme, problem, energyRange }: InstrumentContext,
): Instrument => ({
  observer: observe(id, scheme, problem.energy, energyRange),
  sample: () => async (ensemble, step) =>
    readMoments(await ensemble.observe(id), energyRange, equalSpins(problem, step)),
  /** The trace of ⟨m m⟩ shows whether a state has left the sphere. */
  isSound(value) {
    const { mm } = value as Moments;
    return Math.abs(mm[0] + mm[1] + mm[2] - 1) < 1e-2;
  },
  observation: (records): ObservedMoments => ({
    type: "moments",
    name,
    records: records as Record<Moments>[],
  }),
});
