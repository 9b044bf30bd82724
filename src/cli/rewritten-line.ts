/** Goes back to the start of a terminal's line and clears it: the one control sequence that this program writes. */
export const clearsLine = "\r\x1b[K";

/** A stream that may be a terminal. */
export type Terminal = Pick<NodeJS.WriteStream, "isTTY" | "write"> & { readonly columns?: number };

/** Milliseconds between lines where they cannot be rewritten. */
export const elsewhere = 60_000;

/** Clears the line that was rewritten last; nothing if the stream is no terminal. */
export function clearLine(stream: Terminal): void {
  if (stream.isTTY) stream.write(clearsLine);
}

/**
 * Rewrites a line of a terminal with the first of some texts, longest first, that fits; the last is cut if none does. A
 * text that the terminal wraps could not be rewritten, and each of its versions would stay.
 */
export function rewriteLine(stream: Terminal, ...texts: readonly [string, ...string[]]): void {
  const most = (stream.columns || Number.POSITIVE_INFINITY) - 1;
  const last = texts[texts.length - 1];
  const fitting = texts.find((text) => text.length <= most) ?? `${last.slice(0, most - 1)}…`;
  stream.write(`${clearsLine}${fitting}`);
}

/** A line about what is in progress. */
export interface TimedLine {
  /** Shows the longest of some texts that fits if the last line is old enough; `isLast` on a terminal at once. */
  show(texts: () => readonly [string, ...string[]], isLast?: boolean): void;
  clear(): void;
}

/** One line on a terminal that is rewritten every `pause` milliseconds at most, a new one every minute elsewhere. */
export function timedLine(stream: Terminal, pause: number): TimedLine {
  let last = stream.isTTY ? 0 : performance.now();
  return {
    show(texts, isLast = false) {
      const now = performance.now();
      if (now - last < (stream.isTTY ? pause : elsewhere) && !(stream.isTTY && isLast)) return;
      last = now;
      if (stream.isTTY) rewriteLine(stream, ...texts());
      else stream.write(`${texts()[0]}\n`);
    },
    clear: () => clearLine(stream),
  };
}
