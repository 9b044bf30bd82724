import { certainRate, pathsOf } from "./extreme-numbers.ts";
import type { MagnetModel } from "./model.ts";
import { dynamicsOf } from "./model.ts";
import { isReduced } from "./natural-units.ts";
import type { Problem } from "./problem.ts";
import type { Resolution } from "./resolve.ts";
import { boxOver } from "./spread-box.ts";

/** A step below this share of the limit by rates and drives is short for another reason. */
const muchShorter = 0.5;

/** The path of what makes the steps of a run as short as they are: a given step, the times of observables, a drive or a term. */
export function causeOfStep(
  model: MagnetModel,
  { spreads, duration, fastest }: Resolution,
  { experiment, timeStep, timeStepLimit }: Problem,
): string {
  if (experiment.time.step !== "auto") return "time.step";
  if (timeStep < muchShorter * timeStepLimit) return "observables";
  const box = boxOver(spreads, duration);
  const rates = dynamicsOf(model).map((term) => certainRate(term, box));
  const most = Math.max(...rates);
  if (fastest.seconds * most < 1) return fastest.path;
  return pathsOf(model, isReduced(experiment.magnet))[rates.indexOf(most)] ?? "magnet";
}
