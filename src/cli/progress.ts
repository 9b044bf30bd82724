import type { Progress } from "../ensemble/simulate.ts";
import { timedLine } from "./rewritten-line.ts";

const rate = (perSecond: number): string =>
  perSecond >= 1e9 ? `${(perSecond / 1e9).toFixed(2)} G` : `${(perSecond / 1e6).toFixed(1)} M`;

/** Milliseconds between lines on a terminal. */
const onTerminal = 100;

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
  const line = timedLine(stream, onTerminal);
  return {
    show: (progress) => line.show(() => [text(progress)], progress.step === progress.steps),
    clear: line.clear,
  };
}
