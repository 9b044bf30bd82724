import { fitText } from "../report/fit-text.ts";
import type { BestSoFar } from "../run/fit.ts";
import type { FitProgress } from "../run/fit-progress.ts";
import { timedLine } from "./rewritten-line.ts";

/** Shows the progress of a fit. */
export interface FitLine {
  show(progress: FitProgress): void;
  better(best: BestSoFar): void;
  clear(): void;
}

/** Milliseconds between lines on a terminal. */
const onTerminal = 500;

/** One line on a terminal that is rewritten, a new one every minute elsewhere. */
export function fitLine(stream: NodeJS.WriteStream): FitLine {
  const line = timedLine(stream, onTerminal);
  let chiSquared: number | undefined;
  return {
    show: (progress) =>
      line.show(() => {
        const short = fitText({ ...progress, point: 0 });
        return [
          `${fitText(progress, chiSquared)}  Ctrl-C gives the best parameters so far`,
          `${short}  Ctrl-C: best so far`,
          short,
        ];
      }),
    better(best) {
      chiSquared = best.chiSquared;
    },
    clear: line.clear,
  };
}
