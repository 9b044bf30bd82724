import type { Progress } from "../ensemble/simulate.ts";
import { clearLine, rewriteLine } from "./rewritten-line.ts";

const rate = (perSecond: number): string =>
  perSecond >= 1e9 ? `${(perSecond / 1e9).toFixed(2)} G` : `${(perSecond / 1e6).toFixed(1)} M`;

/** Seconds between lines where they cannot be rewritten. */
const everySeconds = 60;

/** A line of progress: rewritten on a terminal, a new one every minute elsewhere. */
export function progressLine(stream: NodeJS.WriteStream): {
  show(progress: Progress): void;
  clear(): void;
} {
  const text = ({ step, steps, spinSteps, seconds }: Progress): string => {
    const done = `${((100 * step) / steps).toFixed(0).padStart(3)} %`;
    if (step === 0) return done;
    const left = (seconds * (steps - step)) / step;
    return `${done}  ${rate(spinSteps / Math.max(seconds, 1e-9))}spin-steps/s  ${left.toFixed(0)} s left`;
  };
  let last = stream.isTTY ? 0 : performance.now();
  const pause = stream.isTTY ? 100 : 1000 * everySeconds;
  return {
    show(progress) {
      const now = performance.now();
      const isLast = stream.isTTY && progress.step === progress.steps;
      if (now - last < pause && !isLast) return;
      last = now;
      if (stream.isTTY) rewriteLine(stream, text(progress));
      else stream.write(`${text(progress)}\n`);
    },
    clear: () => clearLine(stream),
  };
}
