/** Writes a line of text to stderr. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
