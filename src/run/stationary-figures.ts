import type { Problem } from "../experiment/problem.ts";
import { interruptible } from "../fokker-planck/interruptible.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { observables } from "../observables/index.ts";

/**
 * Exact figures of the stationary state in SI units, in the order of the observables: they may be shown beside the
 * counts of a run before its end. Null for an observable of another state, and if the run may be counted before it has
 * settled.
 */
export const stationaryFigures = (problem: Problem, prediction: Prediction): readonly unknown[] =>
  problem.observables.map((planned) => {
    const { sight, predict, exactFigures, unsettled } = observables[planned.type];
    if (!sight?.stationary || !predict || !exactFigures) return null;
    const known = interruptible(problem, () => predict(planned, problem, prediction));
    const why = unsettled?.(null, { planned, problem, prediction, known });
    return why === undefined ? exactFigures(known, problem, prediction) : null;
  });
