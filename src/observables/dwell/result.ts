import type { Problem } from "../../experiment/problem.ts";
import type { Missing, ObservableResultBase } from "../../result-parts.ts";
import type { DwellTotals, ObservedDwell } from "./count.ts";
import { countedSteps, edgesOf } from "./count.ts";
import type { PlannedDwell } from "./spec.ts";
import { minimumOf } from "./spec.ts";
import { withheld } from "./withheld.ts";

const states = ["up", "down"] as const;

export interface DwellsOfState {
  /** s */
  readonly mean: number;
  readonly meanStandardError: number;
  /** Escape rate, 1/s: one over the mean. */
  readonly rate: number;
  readonly rateStandardError: number;
  readonly count: number;
}

export interface DwellResult extends ObservableResultBase, Missing {
  readonly type: "dwell";
  readonly name: string;
  readonly up: DwellsOfState | null;
  readonly down: DwellsOfState | null;
  readonly occupationUp: number | null;
  readonly occupationUpStandardError: number | null;
  /** s; duration of counting, from a tenth of the run to its end. */
  readonly countedTime: number;
  /** s; the shortest visit to the other state that ends a dwell, where there is one. */
  readonly minimum?: number;
  /**
   * Edges of the logarithmic bins, s, the first at one step, and the dwells in them that began and ended during
   * counting.
   */
  readonly edges: readonly number[];
  readonly upCounts: readonly number[];
  readonly downCounts: readonly number[];
}

/** Dwell times in SI units; a mean with a larger known bias than tests can allow is null, with the reason. */
export function result(observed: ObservedDwell, planned: PlannedDwell, problem: Problem): DwellResult {
  const unit = problem.timeStep * problem.units.time;
  const reasons = states.flatMap((of) =>
    observed[of] ? (withheld(observed, planned, problem, of) ?? []) : [],
  );
  const dwellsOf = (of: "up" | "down"): DwellsOfState | null => {
    const totals: DwellTotals | null = observed[of];
    if (!totals || withheld(observed, planned, problem, of)) return null;
    return {
      mean: totals.mean * unit,
      meanStandardError: totals.standardError * unit,
      rate: 1 / (totals.mean * unit),
      rateStandardError: totals.standardError / (totals.mean * totals.mean * unit),
      count: totals.count,
    };
  };
  return {
    type: "dwell",
    name: observed.name,
    up: dwellsOf("up"),
    down: dwellsOf("down"),
    occupationUp: observed.occupationUp,
    occupationUpStandardError: observed.occupationUpStandardError,
    countedTime: countedSteps(planned, problem.steps, problem.steps) * unit,
    ...(planned.minimumSteps === undefined
      ? {}
      : { minimum: minimumOf(planned, problem) * problem.units.time }),
    edges: edgesOf(problem.steps).map((steps) => steps * unit),
    upCounts: [...observed.upCounts],
    downCounts: [...observed.downCounts],
    ...(reasons.length > 0 ? { reason: [...new Set(reasons)].join("; ") } : {}),
  };
}
