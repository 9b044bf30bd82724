import type { Terminal } from "./rewritten-line.ts";
import { clearLine, rewriteLine } from "./rewritten-line.ts";

/** Shows the points done and the time left on one line that is rewritten; shows nothing if `stream` is no terminal. */
export function pointsLine(
  points: number,
  what: string,
  stream: Terminal,
): { show(done: number, part: number): void; clear(): void } {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  const began = performance.now();
  return {
    show(done, part) {
      const seconds = (performance.now() - began) / 1000;
      const left = done > 0 ? `${((seconds * (points - done)) / done).toFixed(0)} s left` : "";
      const now = part > 0 && part < 1 ? `, present batch ${(100 * part).toFixed(0)} %` : "";
      const count = `${done} of ${points} ${what}`;
      rewriteLine(stream, `${count}${now}  ${left}`, `${count}  ${left}`);
    },
    clear: () => clearLine(stream),
  };
}
