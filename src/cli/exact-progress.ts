import { clearLine, elsewhere, rewriteLine } from "./rewritten-line.ts";

/** A line that says what the exact side is computing, and for how long. */
export interface ExactProgress {
  /** Names the figure that is computed from now on. The line shows it, except while the ensemble uses the line. */
  tell(figure: string, isHidden?: boolean): void;
  /** Shows the line from now on, or leaves it to the ensemble. */
  show(isShown: boolean): void;
  clear(): void;
}

/** One line on a terminal that is rewritten every second, a new one every minute elsewhere. */
export function exactProgress(stream: NodeJS.WriteStream): ExactProgress {
  const began = performance.now();
  let figure: string | undefined;
  let since = began;
  let isShown = true;
  let timer: ReturnType<typeof setInterval> | undefined;
  const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(0)} s`;
  const write = (): void => {
    if (figure === undefined || !isShown) return;
    const short = `exact side: ${figure}, ${seconds(since)}`;
    const text = `${short} (${seconds(began)} in all)`;
    const whole = `${text}  Ctrl-C stops and writes the figures known so far`;
    const hint = "  Ctrl-C: figures so far";
    if (stream.isTTY) rewriteLine(stream, whole, `${text}${hint}`, `${short}${hint}`, short);
    else stream.write(`${whole}\n`);
  };
  return {
    tell(next, isHidden = false) {
      figure = next;
      since = performance.now();
      isShown = !isHidden;
      if (stream.isTTY) write();
      timer ??= setInterval(write, stream.isTTY ? 1000 : elsewhere);
      // the timer does not keep the process alive
      timer.unref();
    },
    show(next) {
      if (next === isShown) return;
      isShown = next;
      if (stream.isTTY) write();
    },
    clear() {
      clearInterval(timer);
      timer = undefined;
      if (figure !== undefined && isShown) clearLine(stream);
      figure = undefined;
    },
  };
}
