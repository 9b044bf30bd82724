import type { Progress } from "../ensemble/simulate.ts";

const rate = (perSecond: number): string =>
  perSecond >= 1e9 ? `${(perSecond / 1e9).toFixed(2)} G` : `${(perSecond / 1e6).toFixed(1)} M`;

/** One line that rewrites itself on a terminal; silent where stderr is not one. */
export function progressLine(stream: NodeJS.WriteStream): {
  show(progress: Progress): void;
  clear(): void;
} {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  let last = 0;
  return {
    show({ step, steps, spinSteps, seconds }) {
      const now = performance.now();
      if (now - last < 100 && step < steps) return;
      last = now;
      const left = step > 0 ? (seconds * (steps - step)) / step : 0;
      const done = ((100 * step) / steps).toFixed(0).padStart(3);
      stream.write(
        `\r\x1b[K${done} %  ${rate(spinSteps / Math.max(seconds, 1e-9))}spin-steps/s  ${left.toFixed(0)} s left`,
      );
    },
    clear() {
      stream.write("\r\x1b[K");
    },
  };
}
