import { duration } from "../figures/duration.ts";
import type { LikelihoodProgress } from "../traces/analysis-progress.ts";
import { clearLine, rewriteLine } from "./rewritten-line.ts";

/** Milliseconds between lines where they are not rewritten. */
const elsewhere = 60_000;

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

/** One line on a terminal that is rewritten, a new one every minute elsewhere. */
export function quietLine(stream: NodeJS.WriteStream): { show(text: string): void; clear(): void } {
  let last = performance.now();
  return {
    show(text) {
      if (stream.isTTY) return rewriteLine(stream, text);
      const now = performance.now();
      if (now - last < elsewhere) return;
      last = now;
      stream.write(`${text}\n`);
    },
    clear: () => clearLine(stream),
  };
}
