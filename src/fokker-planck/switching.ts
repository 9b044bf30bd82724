import type { Problem } from "../experiment/problem.ts";
import { complementOf } from "../experiment/projection-set.ts";
import type { Expression } from "../expression/expression.ts";
import { isDriven } from "../physics/dynamics.ts";
import { cleanSurvival } from "./clean-probabilities.ts";
import { projectionSetOf, thresholdsOf } from "./condition.ts";
import type { SurvivalAt } from "./driven-passage.ts";
import { drivenPassage, knownForever } from "./driven-passage.ts";
import type { Dwell, DwellThresholds } from "./dwell.ts";
import { dwellTimes } from "./dwell.ts";
import { dwellFrom } from "./dwell-figures.ts";
import { areAboutOneAxis, dwellSurvivalBetween } from "./dwell-survival.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Passage } from "./first-passage.ts";
import { firstPassage } from "./first-passage.ts";
import { orWhyNot } from "./interruptible.ts";
import { withLastingVisits } from "./lasting-visits.ts";
import type { Member, Prediction } from "./predict.ts";

/** The first passage of a problem. */
export interface PredictedPassage extends Passage {
  /** The survival at the times at which most spins pass, if that is early in the run. */
  readonly early?: SurvivalAt;
}

/** First passage of a problem's ensemble: mean and survival at reduced times, averaged over spreads; refused if neither is known. */
export function predictPassage(
  problem: Problem,
  prediction: Prediction,
  until: Expression,
  times: readonly number[],
): Exact<PredictedPassage> {
  const set = projectionSetOf(until);
  if (set.value === null) return set;
  if (set.value === "nothing") return outOfReach("no direction of m meets the condition");
  if (set.value === "everything")
    return exactly({
      mean: exactly(0, 0),
      survival: exactly(
        times.map(() => 0),
        0,
      ),
    });
  const { axis, intervals } = complementOf(set.value);
  const known = new Map<Member, PredictedPassage>();
  const passageOf = (member: Member): PredictedPassage => {
    const { solution, initial } = member;
    const made = known.get(member);
    if (made) return made;
    // living spins are in one of several intervals, and none can change its interval without passing
    const lives = intervals.map((interval) =>
      isDriven(problem.dynamics)
        ? drivenPassage(problem, solution, { axis, ...interval }, initial, times)
        : firstPassage(solution.dynamics, { axis, ...interval }, initial, times),
    );
    const found = sumOf(lives);
    known.set(member, found);
    return found;
  };
  const found = prediction.isSpread
    ? averagedPassage(problem, prediction, passageOf, until, times)
    : passageOf(prediction.typical);
  const { mean, survival } = found;
  return mean.value === null && survival.value === null ? outOfReach(survival.reason) : exactly(found);
}

/** Both figures averaged over the spreads, each refused separately. */
function averagedPassage(
  problem: Problem,
  prediction: Prediction,
  passageOf: (member: Member) => PredictedPassage,
  until: Expression,
  times: readonly number[],
): PredictedPassage {
  const survival = averagedSurvival(prediction, passageOf, until, times);
  const mean = isDriven(problem.dynamics)
    ? outOfReach<number>(knownForever)
    : orWhyNot(() => averagedMean(prediction, passageOf, until));
  return { mean, survival };
}

function averagedSurvival(
  prediction: Prediction,
  passageOf: (member: Member) => PredictedPassage,
  until: Expression,
  times: readonly number[],
): PredictedPassage["survival"] {
  const survival = orWhyNot(() =>
    prediction.average("survival", (member) => passageOf(member).survival, survivalAccuracy, [until]),
  );
  if (survival.value === null) return survival;
  const clean = cleanSurvival(
    survival.value.values,
    times,
    survival.value.errors.reduce((most, e) => Math.max(most, e), 0),
  );
  if (clean.value === null)
    return outOfReach(
      `survival, averaged over the spreads by ${survival.value.points.length} solutions: ${clean.reason}`,
    );
  return exactly(clean.value, clean.errorEstimate);
}

function averagedMean(
  prediction: Prediction,
  passageOf: (member: Member) => PredictedPassage,
  until: Expression,
): Exact<number> {
  const found = prediction.average(
    "mean passage",
    (member) => {
      const { mean } = passageOf(member);
      return mean.value === null ? mean : exactly([mean.value], mean.errorEstimate);
    },
    meanAccuracy,
    [until],
  );
  if (found.value === null) return found;
  const { values, errors, points } = found.value;
  const uncertainty = errors[0] / values[0];
  return uncertainty <= averagedError
    ? exactly(values[0], uncertainty)
    : outOfReach(
        `mean passage: its average over the spreads, from ${points.length} solutions, has an error of ${(100 * uncertainty).toPrecision(1)} %`,
      );
}

/** Largest relative error of a mean passage over spreads. */
const averagedError = 1e-3;
const survivalAccuracy = { of: "absolute", bound: 1, wanted: 1e-6, enough: 1e-4 } as const;
const meanAccuracy = { of: "relative", wanted: 1e-6, enough: 1e-4 } as const;

/** Spins that start in one interval count as passed at 0 in the others. */
function sumOf(lives: readonly PredictedPassage[]): PredictedPassage {
  if (lives.length === 1) return lives[0];
  return {
    mean: sumOfAll(
      lives.map(({ mean }) => mean),
      (means) => means.reduce((sum, mean) => sum + mean, 0),
    ),
    survival: sumOfAll(
      lives.map(({ survival }) => survival),
      (survivals) => survivals[0].map((_, i) => survivals.reduce((sum, survival) => sum + survival[i], 0)),
    ),
  };
}

/** A figure from those of all parts, with their largest error; or the reason if a part has none. */
function sumOfAll<T>(parts: readonly Exact<T>[], sum: (values: readonly T[]) => T): Exact<T> {
  const refused = parts.find(({ value }) => value === null);
  if (refused) return refused;
  return exactly(
    sum(parts.map(({ value }) => value as T)),
    Math.max(...parts.map(({ errorEstimate = 0 }) => errorEstimate)),
  );
}

/** Sets of directions between which a problem's spins dwell; visits shorter than `minimum` (reduced time) do not end a dwell. */
export interface Levels {
  readonly up: Expression;
  readonly down: Expression;
  readonly minimum?: number;
}

/** Two-threshold dwell times of a problem in its stationary state. */
export function predictDwell(
  problem: Problem,
  prediction: Prediction,
  { up, down, minimum = 0 }: Levels,
): Exact<Dwell> {
  if (isDriven(problem.dynamics)) return outOfReach("dwell times under a changing drive are not computed");
  const thresholds = thresholdsOf(up, down);
  if (thresholds.value === null) return thresholds;
  if (prediction.isSpread)
    return minimum > 0
      ? outOfReach("mean dwells with a minimum are not averaged over spreads")
      : averagedDwell(prediction, thresholds.value, [up, down]);
  const { solution } = prediction.typical;
  const all = dwellTimes(solution, thresholds.value);
  if (all.value === null || minimum === 0) return all;
  if (!areAboutOneAxis(solution, thresholds.value))
    return outOfReach(
      "the means of dwells with a minimum are computed only if dynamics and thresholds share an axis: elsewhere one dwell depends on the one before",
    );
  return withLastingVisits(
    all.value,
    (times) => dwellSurvivalBetween(problem, solution, { up, down }, times),
    minimum,
  );
}

/**
 * Dwell times of spins that differ: the total time under a label over all exits from it, as an ensemble counts. So occupation and rate of
 * transitions are averaged, not the times.
 */
function averagedDwell(
  prediction: Prediction,
  thresholds: DwellThresholds,
  seen: readonly Expression[],
): Exact<Dwell> {
  const found = prediction.average(
    "dwell times",
    ({ solution }) => {
      const one = dwellTimes(solution, thresholds);
      if (one.value === null) return one;
      const { rate, up, down } = one.value.parts;
      return {
        value: [rate.value, up.value, down.value],
        errors: [rate.error * rate.value, up.error, down.error],
      };
    },
    meanAccuracy,
    seen,
  );
  if (found.value === null) return found;
  const { values, errors, points } = found.value;
  const uncertainty = errors[0] / values[0];
  if (!(uncertainty <= averagedError))
    return outOfReach(
      `dwell times: the average of the rate of transitions over the spreads, from ${points.length} solutions, has an error of ${(100 * uncertainty).toPrecision(1)} %`,
    );
  const [rate, up, down] = Array.from(values, (value, i) => ({ value, error: errors[i] }));
  return exactly(dwellFrom({ rate: { ...rate, error: uncertainty }, up, down }));
}
