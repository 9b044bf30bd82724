import { clearsLine } from "./rewritten-line.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const controls = /\r\x1b\[K|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Text with its control characters escaped as in JSON, except line ends, tabs and the sequence that clears a line. */
const plain = (text: string): string =>
  text.replace(controls, (found) =>
    found === clearsLine ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Keeps control sequences in names from a file away from the terminal. JSON keeps its meaning; output as bytes is not changed. */
export function plainOutput(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  stream.write = ((chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === "string" ? plain(chunk) : chunk, ...rest)) as typeof stream.write;
}
