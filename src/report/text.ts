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

/** Cells with more letters than this need space for several words in a line, even on a narrow screen. */
const long = 24;

const element = (tag: "th" | "td", cell: string, span = 1): string => {
  const room = span > 1 ? ` colspan="${span}"` : cell.length > long ? ' class="long"' : "";
  return `<${tag}${room}>${cellText(cell)}</${tag}>`;
};

/** The cells of a row. A sentence in the last cell takes the space of all empty cells before it. */
function rowOf(cells: readonly string[]): string {
  const [first, ...others] = cells;
  const last = others.pop();
  const isAlone = others.length > 0 && last && last.length > long && others.every((cell) => cell === "—");
  return isAlone
    ? element("td", first) + element("td", last, cells.length - 1)
    : cells.map((cell) => element("td", cell)).join("");
}

/**
 * Rows of cells as an HTML table, with a head unless all its cells are empty. Cells are escaped. On a narrow screen the
 * table scrolls, also by keyboard.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.some((cell) => cell !== "")
    ? `<thead><tr>${head.map((cell) => element("th", cell)).join("")}</tr></thead>`
    : "";
  const label = head.filter((cell) => cell !== "").join(", ") || "table";
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(label)}"><table>${heads}<tbody>${rows
    .map((row) => `<tr>${rowOf(row)}</tr>`)
    .join("")}</tbody></table></div>`;
}
