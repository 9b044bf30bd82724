import type { SplittingCounts } from "../../ensemble/splitting/counts.ts";
import type { Problem } from "../../experiment/problem.ts";
import type { IslandSummary } from "../../statistics/islands.ts";
import { summaryOfIslands, widened } from "../../statistics/islands.ts";
import type { ObservedRareEvent } from "./count.ts";
import { disagreement } from "./disagreement.ts";
import { halfStepOf, whyStepTooLong } from "./half-step.ts";
import type { PlannedRareEvent } from "./spec.ts";
import { isWriteError } from "./write-error.ts";

/** A figure whose interval may be missing. */
export interface RareFigure {
  readonly value: number;
  /** 95 %; null, with the reason beside the figures, if it would not be reliable. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface RareEventResult {
  readonly type: "rareEvent";
  readonly name: string;
  /** Probability of the event at the end of the run, or of a loss within the time `within` (s). */
  readonly probability: RareFigure | null;
  /** s */
  readonly within: number | null;
  /** 1/s, of reaching the event for the first time. */
  readonly rate: RareFigure | null;
  /** s: one over the rate. */
  readonly meanLifetime: RareFigure | null;
  /** s: τ₀ in rate = exp(−barrier)/τ₀, the barrier of Ψ/D over rings about the axis. */
  readonly attemptTime: RareFigure | null;
  /**
   * Whether the event at the end means that a spin is still in the half of the sphere with its initial well, as in
   * formulas of write errors.
   */
  readonly isWriteError: boolean;
  /** kT; of the potential averaged over rings. */
  readonly barrier: number | null;
  readonly target: number | null;
  /** Whether the interval lies below the target; null if it contains the target. */
  readonly belowTarget: boolean | null;
  /**
   * Standard error of the figure over the figure, from the islands and from the difference between two importance
   * functions.
   */
  readonly relativeError: number | null;
  /** The same from the families within islands; null for rates. */
  readonly relativeErrorOfFamilies: number | null;
  /** The figure with half the step over the figure, with `halveStep`. */
  readonly halfStep: RareFigure | null;
  readonly islands: number;
  /** Decimal logarithms of the islands' figures (probability or rate in 1/s); null for an island without events. */
  readonly islandLogarithms: readonly (number | null)[];
  /** Difference between the smallest and the largest island. */
  readonly decades: number | null;
  /** Smallest number of initial spins with descendants on an island; null for rates. */
  readonly ancestors: number | null;
  /** Effective number of spins before each resampling: mean over the islands, smallest of all stages. */
  readonly effectiveSamples: number | null;
  readonly stages: readonly {
    /** s */
    readonly time: number;
    readonly effective: number;
    readonly leastEffective: number;
    readonly resampled: number;
    readonly surviving: number;
  }[];
  readonly spins: number;
  /** s */
  readonly timeStep: number | null;
  readonly steps: number;
  readonly variates: "gaussian";
  readonly importance: string | null;
  /**
   * Whether half of the spins started at a raised temperature, with weights that correct for it, because rare high
   * starts matter.
   */
  readonly temperedStart: boolean;
  readonly secondsStepping: number;
  readonly secondsResampling: number;
  readonly reason?: string;
}

/** Fewest families that show the error of an estimate. */
const fewestFamilies = 2;
/** If the rates of the two halves differ by more than this many standard errors, the rate has not settled. */
const unsettled = 4;

/**
 * Estimate from the islands of a run, with reasons why its interval is not reliable; the interval is wider if two
 * importance functions differ.
 */
export function believed(counts: SplittingCounts): IslandSummary {
  const summary = summaryOfIslands(counts.logs);
  const refuse = (reason: string): IslandSummary => ({ ...summary, interval: null, reason });
  if (summary.interval === null) return summary;
  const least = Math.min(...(counts.families ?? []).map(({ ancestors }) => ancestors));
  if (least < fewestFamilies)
    return refuse(
      "fewer than two initial spins have descendants on an island (families): take more spins or fewer islands",
    );
  const { unseenStart = 0 } = counts;
  if (unseenStart > (summary.relativeError ?? 0))
    return refuse(
      `${unseenStart.toPrecision(2)} of the probability comes from starts so high in the well that hardly any spin begins there: ` +
        "take a longer run, or ask for the rate (until)",
    );
  const other = disagreement(counts);
  if ("reason" in other) return refuse(other.reason);
  const stepped = whyStepTooLong(counts);
  if (stepped) return refuse(stepped);
  if (counts.halves) {
    const [a, b] = counts.halves.map((logs) => summaryOfIslands(logs));
    if (a.value === null || b.value === null) return refuse("no spin escaped in one half of the run");
    const error = Math.hypot(a.relativeError ?? 0, b.relativeError ?? 0);
    if (Math.abs(Math.log(a.value / b.value)) > unsettled * error)
      return refuse("the rate of the second half differs from that of the first: it has not settled");
  }
  return widened(summary, other.widening);
}

const nothing = {
  probability: null,
  within: null,
  rate: null,
  meanLifetime: null,
  attemptTime: null,
  barrier: null,
  isWriteError: false,
  belowTarget: null,
  relativeError: null,
  relativeErrorOfFamilies: null,
  halfStep: null,
  islandLogarithms: [],
  decades: null,
  ancestors: null,
  effectiveSamples: null,
  stages: [],
  spins: 0,
  timeStep: null,
  steps: 0,
  variates: "gaussian",
  importance: null,
  temperedStart: false,
  secondsStepping: 0,
  secondsResampling: 0,
} as const;

/** Result of a rare event from its islands, in SI units. */
export function result(
  { counts, reason }: ObservedRareEvent,
  planned: PlannedRareEvent,
  problem: Problem,
): RareEventResult {
  const { name, islands } = planned;
  const { units, timeStep } = problem;
  const target = planned.target ?? null;
  const base = { type: "rareEvent", name, target, islands } as const;
  if (!counts) return { ...nothing, ...base, reason: reason ?? "nothing was counted" };
  const summary = believed(counts);
  const isRate = planned.asked === "rate";
  const scaled = (of: (x: number) => number): RareFigure | null => {
    if (summary.value === null) return null;
    const ends = summary.interval && [of(summary.interval.low), of(summary.interval.high)];
    return {
      value: of(summary.value),
      low: ends && Math.min(...ends),
      high: ends && Math.max(...ends),
    };
  };
  const within = planned.horizonSteps === undefined ? null : planned.horizonSteps * timeStep;
  const loss = (rate: number): number => -Math.expm1(-rate * (within as number));
  const probability = isRate ? within && scaled(loss) : scaled((p) => p);
  const families = counts.families ?? [];
  const relativeErrorOfFamilies =
    families.length > 0
      ? Math.sqrt(families.reduce((sum, { familyVariance }) => sum + familyVariance, 0)) / families.length
      : null;
  const stageTime = (counts.timeStep * counts.steps * units.time) / counts.stages.length;
  return {
    ...nothing,
    ...base,
    probability: probability || null,
    within: within && within * units.time,
    rate: isRate ? scaled((k) => k / units.time) : null,
    meanLifetime: isRate ? scaled((k) => units.time / k) : null,
    attemptTime: isRate ? scaled((k) => (Math.exp(-counts.climb) / k) * units.time) : null,
    barrier: isRate ? counts.climb : null,
    isWriteError: isWriteError(problem, planned),
    belowTarget: verdictOn(target, probability || null),
    relativeError: summary.relativeError,
    relativeErrorOfFamilies,
    halfStep: halfStepOf(counts),
    islandLogarithms: counts.logs.map((log) =>
      Number.isFinite(log) ? (log - (isRate ? Math.log(units.time) : 0)) / Math.LN10 : null,
    ),
    decades: summary.decades,
    ancestors: families.length > 0 ? Math.min(...families.map(({ ancestors }) => ancestors)) : null,
    effectiveSamples: Math.min(...counts.stages.map(({ meanEffective }) => meanEffective)) * counts.spins,
    stages: counts.stages.map((stage, k) => ({
      time: (isRate ? k + 1 : k) * stageTime,
      effective: stage.meanEffective,
      leastEffective: stage.leastEffective,
      resampled: stage.resampled,
      surviving: stage.surviving,
    })),
    spins: counts.spins,
    timeStep: counts.timeStep * units.time,
    steps: counts.steps,
    importance: counts.rival ? `${counts.source}; every other island: ${counts.rival}` : counts.source,
    temperedStart: counts.isTempered === true,
    secondsStepping: counts.seconds.stepping,
    secondsResampling: counts.seconds.resampling,
    ...(summary.reason ? { reason: summary.reason } : {}),
  };
}

function verdictOn(target: number | null, probability: RareFigure | null): boolean | null {
  if (target === null || !probability || probability.low === null || probability.high === null) return null;
  if (probability.high <= target) return true;
  return probability.low > target ? false : null;
}
