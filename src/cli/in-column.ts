/** Text as a column of a table in a terminal. Longer text keeps two spaces before the next column. */
export const inColumn = (text: string, width: number): string =>
  text.padEnd(Math.max(width, text.length + 2));
