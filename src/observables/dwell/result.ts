import type { Problem } from "../../experiment/problem.ts";
import type { DwellTotals, ObservedDwell } from "./count.ts";
import { dwellBins } from "./count.ts";
import type { PlannedDwell } from "./spec.ts";

export interface DwellSide {
  /** s */
  readonly mean: number;
  readonly meanStandardError: number;
  /** 1/s, of leaving: one over the mean. */
  readonly rate: number;
  readonly rateStandardError: number;
  readonly count: number;
}

export interface DwellResult {
  readonly type: "dwell";
  readonly name: string;
  readonly up: DwellSide | null;
  readonly down: DwellSide | null;
  readonly occupationUp: number | null;
  readonly occupationUpStandardError: number | null;
  /** Edges of the logarithmic bins, s, and finished dwells in them. */
  readonly edges: readonly number[];
  readonly upCounts: readonly number[];
  readonly downCounts: readonly number[];
}

export function result(observed: ObservedDwell, _planned: PlannedDwell, problem: Problem): DwellResult {
  const unit = problem.timeStep * problem.units.time;
  const side = (totals: DwellTotals | null): DwellSide | null =>
    totals && {
      mean: totals.mean * unit,
      meanStandardError: totals.standardError * unit,
      rate: 1 / (totals.mean * unit),
      rateStandardError: totals.standardError / (totals.mean * totals.mean * unit),
      count: totals.count,
    };
  const span = Math.log(Math.max(problem.steps, 2));
  return {
    type: "dwell",
    name: observed.name,
    up: side(observed.up),
    down: side(observed.down),
    occupationUp: observed.occupationUp,
    occupationUpStandardError: observed.occupationUpStandardError,
    edges: Array.from({ length: dwellBins + 1 }, (_, i) => unit * Math.exp((span * i) / dwellBins)),
    upCounts: [...observed.upCounts],
    downCounts: [...observed.downCounts],
  };
}
