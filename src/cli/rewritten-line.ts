/** Goes back to the start of a terminal's line and clears it: the one control sequence that this program writes. */
export const clearsLine = "\r\x1b[K";

/** A stream that may be a terminal. */
export type Terminal = Pick<NodeJS.WriteStream, "isTTY" | "write"> & { readonly columns?: number };

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
