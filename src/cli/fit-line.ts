import { readable } from "../figures/readable.ts";
import type { BestSoFar } from "../run/fit.ts";
import type { FitProgress } from "../run/fit-progress.ts";
import { duration } from "./cost-summary.ts";

/** Says how far a fit is. */
export interface FitLine {
  show(progress: FitProgress): void;
  better(best: BestSoFar): void;
  clear(): void;
}

/** Milliseconds between lines, where they can be rewritten and elsewhere. */
const [onTerminal, elsewhere] = [500, 60_000];

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

/** One line on a terminal that is rewritten, a new one every minute elsewhere. */
export function fitLine(stream: NodeJS.WriteStream): FitLine {
  let last = stream.isTTY ? 0 : performance.now();
  let chiSquared: number | undefined;
  return {
    show(progress) {
      const now = performance.now();
      if (now - last < (stream.isTTY ? onTerminal : elsewhere)) return;
      last = now;
      const text = `${fitText(progress, chiSquared)}  Ctrl-C gives the best parameters so far`;
      stream.write(stream.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
    },
    better(best) {
      chiSquared = best.chiSquared;
    },
    clear() {
      if (stream.isTTY) stream.write("\r\x1b[K");
    },
  };
}
