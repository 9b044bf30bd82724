import type { Observable } from "../observable.ts";
import type { ObservedTrajectory } from "./count.ts";
import { instrument } from "./count.ts";
import { trajectoryFigures } from "./figure.ts";
import type { TrajectoryResult } from "./result.ts";
import { result } from "./result.ts";
import type { PlannedTrajectory } from "./spec.ts";
import { spec } from "./spec.ts";

export const trajectory: Observable<
  PlannedTrajectory,
  ObservedTrajectory,
  never,
  never,
  TrajectoryResult,
  typeof spec.shape
> = {
  ...spec,
  view: "fluctuation",
  instrument,
  result,
  figures: (found, whole) => trajectoryFigures(whole, found),
};
