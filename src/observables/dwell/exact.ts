import type { Problem } from "../../experiment/problem.ts";
import { compileScalar } from "../../expression/compile.ts";
import { magnetization } from "../../expression/vector.ts";
import type { Dwell } from "../../fokker-planck/dwell.ts";
import type { DwellSurvival } from "../../fokker-planck/dwell-survival.ts";
import { dwellSurvivalBetween } from "../../fokker-planck/dwell-survival.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../../fokker-planck/exact.ts";
import { unit } from "../../fokker-planck/frame.ts";
import { interruptible } from "../../fokker-planck/interruptible.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";
import { predictDwell } from "../../fokker-planck/switching.ts";
import type { TelegraphTimes } from "../../fokker-planck/telegraph.ts";
import { ringingNote, telegraphTimes } from "../../fokker-planck/telegraph.ts";
import { twoStates } from "../../fokker-planck/two-states.ts";
import { coveredEdges, edgesOf } from "./count.ts";
import type { PlannedDwell } from "./spec.ts";
import { minimumOf } from "./spec.ts";

/** Dwell times with their thresholds. */
export interface KnownDwell extends Dwell {
  readonly planned: PlannedDwell;
}

/** Exact mean dwell times and occupation by the thresholds, in reduced time; the reason if they cannot be computed. */
export function predict(planned: PlannedDwell, problem: Problem, prediction: Prediction): Exact<KnownDwell> {
  const { up, down } = planned;
  const found = predictDwell(problem, prediction, { up, down, minimum: minimumOf(planned, problem) });
  return found.value === null ? found : exactly({ ...found.value, planned });
}

/**
 * Telegraph times if the slowest mode exchanges the two levels, that is, if the mean directions of its two states lie
 * in different levels.
 */
function telegraph(known: KnownDwell, problem: Problem, { typical }: Prediction): Exact<TelegraphTimes> {
  const states = interruptible(problem, () => twoStates(typical.solution));
  if (states.value === null) return states;
  const [isUp, isDown] = [known.planned.up, known.planned.down].map((of) => compileScalar(of, magnetization));
  const { up, down } = states.value;
  const [a, b] = [up.m, down.m].map((m) => unit(m));
  const areLevels = (isUp(...a) && isDown(...b)) || (isUp(...b) && isDown(...a));
  return areLevels
    ? telegraphTimes(known, typical.solution.slowestRate)
    : outOfReach("the two states of the slowest mode do not lie one beyond either threshold");
}

/** In a run shorter than this share of both means no dwell ends. */
const leastShare = 1e-3;

/** Reduced times, ascending; short bins without a whole number of steps have no edges of their own. */
const lawTimes = ({ steps, timeStep }: Problem): number[] =>
  [...new Set(coveredEdges(edgesOf(steps), 1))].map((edge) => edge * timeStep);

/** The law of dwell times at the edges of the bins in which they are counted. */
function law(known: KnownDwell, problem: Problem, { typical, isSpread, spreadReason }: Prediction) {
  if (isSpread) return outOfReach<DwellSurvival>(spreadReason);
  const { up, down, planned } = known;
  if (planned.minimumSteps !== undefined)
    return outOfReach<DwellSurvival>("the law of dwells with a minimum is not computed; their means are");
  const duration = problem.steps * problem.timeStep;
  const shorter = Math.min(up.value ?? Number.POSITIVE_INFINITY, down.value ?? Number.POSITIVE_INFINITY);
  if (Number.isFinite(shorter) && duration < leastShare * shorter)
    return outOfReach<DwellSurvival>("the run is too short for a dwell to end in it");
  return dwellSurvivalBetween(problem, typical.solution, planned, lawTimes(problem));
}

/** The law of both sides for the result; a side that lacks a figure does not affect the other. */
function survivalOf(
  { value, reason }: Exact<DwellSurvival>,
  times: () => readonly number[],
): Pick<DwellFigures, "survival" | "survivalReason"> {
  if (value === null) return { survival: null, survivalReason: reason };
  const { up, down } = value;
  const missing = up.reason ?? down.reason;
  const errors = [up, down].map(({ errorEstimate = 0 }) => errorEstimate);
  const isKnown = up.value !== null || down.value !== null;
  return {
    survival: isKnown
      ? { times: times(), up: up.value, down: down.value, errorEstimate: Math.max(...errors) }
      : null,
    ...(missing === undefined
      ? {}
      : { survivalReason: isKnown ? `${up.reason ? "up" : "down"}: ${missing}` : missing }),
  };
}

/** Exact dwell times in SI units. */
export interface DwellFigures {
  readonly up: number | null;
  readonly down: number | null;
  readonly occupationUp: number | null;
  /** Escape rates, 1/s: one over the means. */
  readonly upRate: number | null;
  readonly downRate: number | null;
  /**
   * s; mean duration of a level of the telegraph signal, from the slowest rate and the occupation, without the ringing
   * after a crossing.
   */
  readonly telegraphUp: number | null;
  readonly telegraphDown: number | null;
  readonly telegraphReason?: string;
  /** Probability that a dwell lasts longer than each of the times (s), or why it is not known. */
  readonly survival: {
    readonly times: readonly number[];
    readonly up: readonly number[] | null;
    readonly down: readonly number[] | null;
    readonly errorEstimate: number;
  } | null;
  /** Of both sides, or of the one that is null. */
  readonly survivalReason?: string;
  /** Why dwell and telegraph times differ, if they do. */
  readonly note?: string;
  readonly errorEstimate: number | null;
  /** Of both sides, or of the one that is null. */
  readonly reason?: string;
}

export function exactFigures(
  known: Exact<KnownDwell> | null,
  problem: Problem,
  prediction: Prediction,
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
      survival: null,
      errorEstimate: null,
      reason: known.reason,
    };
  const { up, down, occupationUp, errorEstimate } = known.value;
  const reason = up.reason ?? down.reason;
  const unit = problem.units.time;
  const levels: Exact<TelegraphTimes> = prediction.isSpread
    ? outOfReach(prediction.spreadReason)
    : telegraph(known.value, problem, prediction);
  const lasting = law(known.value, problem, prediction);
  return {
    up: up.value && up.value * unit,
    down: down.value && down.value * unit,
    occupationUp,
    upRate: up.value && 1 / (up.value * unit),
    downRate: down.value && 1 / (down.value * unit),
    telegraphUp: levels.value && levels.value.up * unit,
    telegraphDown: levels.value && levels.value.down * unit,
    ...(levels.reason ? { telegraphReason: levels.reason } : {}),
    ...survivalOf(lasting, () => lawTimes(problem).map((t) => t * unit)),
    ...(levels.value ? ringingNote(known.value, levels.value) : {}),
    errorEstimate,
    ...(reason === undefined ? {} : { reason }),
  };
}
