import type { Problem } from "../../src/experiment/problem.ts";
import type { Prediction } from "../../src/fokker-planck/predict.ts";
import { predictionOf, readProblem } from "../../src/run/run.ts";

export type Experiment = Readonly<Record<string, unknown>>;

/** A problem and its exact side. */
export interface Solved {
  readonly experiment: Experiment;
  readonly problem: Problem;
  readonly prediction: Prediction;
}

export function solved(experiment: Experiment, problem: Problem): Solved {
  const prediction = predictionOf(problem);
  if (prediction.value === null) throw new Error(prediction.reason);
  return { experiment, problem, prediction: prediction.value };
}

export const prepared = (experiment: Experiment): Solved => solved(experiment, readProblem(experiment));

/** The same problem with part of the experiment changed, with the same steps. */
export function changed(right: Solved, change: (experiment: Experiment) => Experiment): Solved {
  const experiment = change(right.experiment);
  const { problem } = right;
  const time = { ...(experiment.time as object), step: problem.timeStep * problem.units.time };
  return solved(experiment, readProblem({ ...experiment, time }));
}
