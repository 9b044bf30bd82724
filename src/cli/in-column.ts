/** Text as a column of a table in a terminal: what is longer than the column is still two spaces apart from the next. */
export const inColumn = (text: string, width: number): string =>
  text.padEnd(Math.max(width, text.length + 2));
