import { duration } from "../figures/duration.ts";
import type { LikelihoodProgress } from "../traces/analysis-progress.ts";

/** "a.csv: likelihood 12, 30 s, about 2 minutes left" */
export const likelihoodText = (
  name: string,
  { evaluations, seconds, left }: LikelihoodProgress,
  others = 0,
): string =>
  [
    `${name}: likelihood ${evaluations}`,
    `${seconds.toFixed(0)} s`,
    ...(left === null ? [] : [`${duration(left + others)} left`]),
  ].join(", ");
