/** The one sequence that progress writes: back to the start of the line, which is cleared. */
const clearsLine = "\r\x1b[K";
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const controls = /\r\x1b\[K|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Text whose control characters are written out as in JSON, but for ends of lines, tabs and a cleared line. */
const plain = (text: string): string =>
  text.replace(controls, (found) =>
    found === clearsLine ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/**
 * Lets no control sequence of a name in somebody's file through to a terminal. What is written as JSON keeps its meaning; bytes are left
 * as they are.
 */
export function plainOutput(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  stream.write = ((chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === "string" ? plain(chunk) : chunk, ...rest)) as typeof stream.write;
}
