import type { Observation } from "../ensemble/observations.ts";
import type { Problem } from "../experiment/problem.ts";
import { settling } from "../experiment/settling.ts";
import type { Dwell } from "../fokker-planck/dwell.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import type { PredictedPassage } from "../fokker-planck/switching.ts";
import { predictDwell, predictPassage } from "../fokker-planck/switching.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { notCompared } from "../statistics/comparison.ts";
import { compareDwells, comparePassage, passageEdges } from "../statistics/switching-agreement.ts";
import { unsettled } from "./settled.ts";

/** Exact switching statistics by the name of their observable. */
export interface Switching {
  readonly passages: ReadonlyMap<string, Exact<PredictedPassage>>;
  readonly dwells: ReadonlyMap<string, Exact<Dwell>>;
}

/** Solves what the observables of a problem ask of switching. */
export function predictSwitching(problem: Problem, prediction: Prediction): Switching {
  const passages = new Map<string, Exact<PredictedPassage>>();
  const dwells = new Map<string, Exact<Dwell>>();
  for (const observable of problem.observables) {
    if (observable.type === "firstPassage")
      passages.set(observable.name, predictPassage(problem, prediction, observable, passageEdges(problem)));
    if (observable.type === "dwell")
      dwells.set(observable.name, predictDwell(problem, prediction, observable));
  }
  return { passages, dwells };
}

/** Observed switching statistics against the exact ones. */
export function compareSwitching(
  problem: Problem,
  observations: readonly Observation[],
  prediction: Prediction,
  switching: Switching,
): Comparison[] {
  return observations.flatMap((observation): Comparison[] => {
    const { name, type } = observation;
    if (type === "firstPassage") {
      const exact = switching.passages.get(name);
      return exact ? comparePassage(observation, exact, problem) : [];
    }
    if (type === "dwell") {
      const exact = switching.dwells.get(name);
      const reason = unsettled(problem, prediction, settling * problem.steps * problem.timeStep);
      if (reason) return [notCompared(name, "z-score", reason)];
      return exact ? compareDwells(observation, exact, problem) : [];
    }
    return [];
  });
}
