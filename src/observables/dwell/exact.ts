import type { Problem } from "../../experiment/problem.ts";
import type { Dwell } from "../../fokker-planck/dwell.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { outOfReach } from "../../fokker-planck/exact.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";
import type { TelegraphTimes } from "../../fokker-planck/telegraph.ts";
import { ringingNote, telegraphTimes } from "../../fokker-planck/telegraph.ts";

/** Exact dwell times in SI units. */
export interface DwellFigures {
  readonly up: number | null;
  readonly down: number | null;
  readonly occupationUp: number | null;
  /** 1/s, of leaving: one over the means. */
  readonly upRate: number | null;
  readonly downRate: number | null;
  /** s; how long a level of the telegraph signal lasts: from the slowest rate and the occupation, without the ringing. */
  readonly telegraphUp: number | null;
  readonly telegraphDown: number | null;
  readonly telegraphReason?: string;
  /** Why the two kinds of times differ, where they do. */
  readonly note?: string;
  readonly errorEstimate: number | null;
  readonly reason?: string;
}

export function exactFigures(
  known: Exact<Dwell> | null,
  problem: Problem,
  { typical, isSpread, spreadReason }: Prediction,
): DwellFigures | null {
  if (!known) return null;
  if (known.value === null)
    return {
      up: null,
      down: null,
      occupationUp: null,
      upRate: null,
      downRate: null,
      telegraphUp: null,
      telegraphDown: null,
      errorEstimate: null,
      reason: known.reason,
    };
  const { up, down, occupationUp, errorEstimate } = known.value;
  const unit = problem.units.time;
  const telegraph: Exact<TelegraphTimes> = isSpread
    ? outOfReach(spreadReason)
    : telegraphTimes(known.value, typical.solution.slowestRate);
  return {
    up: up.mean * unit,
    down: down.mean * unit,
    occupationUp,
    upRate: 1 / (up.mean * unit),
    downRate: 1 / (down.mean * unit),
    telegraphUp: telegraph.value && telegraph.value.up * unit,
    telegraphDown: telegraph.value && telegraph.value.down * unit,
    ...(telegraph.reason ? { telegraphReason: telegraph.reason } : {}),
    ...(telegraph.value ? ringingNote(known.value, telegraph.value) : {}),
    errorEstimate,
  };
}
