/** Text as a column of a table in a terminal. Longer text keeps two spaces before the next column. */
export const inColumn = (text: string, width: number): string =>
  text.padEnd(Math.max(width, text.length + 2));

/** Rows of a table in a terminal, each column as wide as its longest text. */
export function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    row
      .map((text, i) => text.padEnd(widths[i]))
      .join("  ")
      .trimEnd(),
  );
}
