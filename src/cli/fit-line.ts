import { fitText } from "../report/fit-text.ts";
import type { BestSoFar } from "../run/fit.ts";
import type { FitProgress } from "../run/fit-progress.ts";
import { clearLine, rewriteLine } from "./rewritten-line.ts";

/** Shows the progress of a fit. */
export interface FitLine {
  show(progress: FitProgress): void;
  better(best: BestSoFar): void;
  clear(): void;
}

/** Milliseconds between lines: on a terminal, where the line is rewritten, and elsewhere. */
const [onTerminal, elsewhere] = [500, 60_000];

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
      const short = fitText({ ...progress, point: 0 });
      if (stream.isTTY) rewriteLine(stream, text, `${short}  Ctrl-C: best so far`, short);
      else stream.write(`${text}\n`);
    },
    better(best) {
      chiSquared = best.chiSquared;
    },
    clear: () => clearLine(stream),
  };
}
