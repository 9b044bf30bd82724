import type { Observation } from "../ensemble/observations.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Dwell } from "../fokker-planck/dwell.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import type { Passage } from "../fokker-planck/first-passage.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { predictDwell, predictPassage } from "../fokker-planck/switching.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { notCompared } from "../statistics/comparison.ts";
import { compareDwells, comparePassage, passageEdges } from "../statistics/switching-agreement.ts";

/** Exact switching statistics by the name of their observable. */
export interface Switching {
  readonly passages: ReadonlyMap<string, Exact<Passage>>;
  readonly dwells: ReadonlyMap<string, Exact<Dwell>>;
}

/** Solves what the observables of a problem ask of switching. */
export function predictSwitching(problem: Problem, prediction: Prediction): Switching {
  const passages = new Map<string, Exact<Passage>>();
  const dwells = new Map<string, Exact<Dwell>>();
  for (const observable of problem.observables) {
    if (observable.type === "firstPassage")
      passages.set(observable.name, predictPassage(problem, prediction, observable, passageEdges(problem)));
    if (observable.type === "dwell")
      dwells.set(observable.name, predictDwell(problem, prediction, observable));
  }
  return { passages, dwells };
}

/** Relaxations of the slowest mode after which an ensemble counts as settled. */
const settledAfter = 7;

/**
 * Dwell times belong to the stationary state. An ensemble that starts elsewhere must have forgotten its start when
 * counting begins, a tenth into the run.
 */
function unsettled(problem: Problem, prediction: Prediction): string | undefined {
  if (problem.initial.kind === "boltzmann" && isEquilibrium(prediction)) return undefined;
  const rate = prediction.members[0].solution.slowestRate;
  const counted = 0.1 * problem.steps * problem.timeStep;
  if (rate.value !== null && rate.value * counted > settledAfter) return undefined;
  return "the ensemble is not in its stationary state when counting begins: start from boltzmann or run longer";
}

/** Whether Boltzmann's density is stationary: no entropy is produced. */
function isEquilibrium({ members }: Prediction): boolean {
  const [{ solution, initial }] = members;
  if (initial.kind !== "boltzmann") return false;
  const stationary = solution.stationary();
  if (stationary.value === null) return false;
  const [start] = solution.evolve(initial, [0]).value ?? [];
  return (
    start?.mm.every((x, i) => Math.abs(x - stationary.value.mm[i]) < 1e-6) &&
    start.m.every((x, i) => Math.abs(x - stationary.value.m[i]) < 1e-6)
  );
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
      return exact ? [comparePassage(observation, exact)] : [];
    }
    if (type === "dwell") {
      const exact = switching.dwells.get(name);
      const reason = unsettled(problem, prediction);
      if (reason) return [notCompared(name, "z-score", reason)];
      return exact ? compareDwells(observation, exact, problem.timeStep) : [];
    }
    return [];
  });
}
