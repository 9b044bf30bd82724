const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe for HTML content and attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c]);

/** A value and its error stay on one line. */
const cellText = (text: string): string => escapeHtml(text).replaceAll(" ± ", "&nbsp;±&nbsp;");

/** Letters from which on a cell needs room for several words in a line, on a narrow screen too. */
const long = 24;

/** Rows of cells as an HTML table; the first row is the head. Cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string): string =>
    row
      .map((cell) => `<${tag}${cell.length > long ? ' class="long"' : ""}>${cellText(cell)}</${tag}>`)
      .join("");
  return `<div class="scroll"><table><thead><tr>${cells(head, "th")}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells(row, "td")}</tr>`)
    .join("")}</tbody></table></div>`;
}
