import { duration } from "../figures/duration.ts";
import { readable } from "../figures/readable.ts";
import type { FitProgress } from "../run/fit-progress.ts";

/** "fit: 12 evaluations, point 2 of 3, chi-squared 4.1, 30 s, about 2 minutes left" */
export function fitText(progress: FitProgress, chiSquared?: number): string {
  const { phase, evaluations, point, points, seconds, left } = progress;
  return [
    `fit${phase === "profile" ? ", profile" : ""}: ${evaluations} evaluations of the model`,
    ...(point > 0 ? [`${point} of ${points} points of the next`] : []),
    ...(chiSquared === undefined ? [] : [`chi-squared ${readable(chiSquared)}`]),
    `${seconds.toFixed(0)} s`,
    ...(left === null ? [] : [`${duration(left)} left`]),
  ].join(", ");
}
