import { inPowers } from "../figures/readable.ts";

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
const cellText = (text: string): string => escapeHtml(inPowers(text)).replaceAll(" ± ", "&nbsp;±&nbsp;");

/** Cells with more letters than this need space for several words in a line, even on a narrow screen. */
const long = 24;

const element = (tag: "th" | "td", cell: string, { span = 1, attributes = "" } = {}): string => {
  const room = span > 1 ? ` colspan="${span}"` : cell.length > long ? ' class="long"' : "";
  return `<${tag}${room}${attributes}>${cellText(cell)}</${tag}>`;
};

/** The cells of a row. A sentence in the last cell takes the space of all empty cells before it. */
function rowOf(cells: readonly string[], attributesOf: (column: number) => string): string {
  const [first, ...others] = cells;
  const last = others.pop();
  const isAlone = others.length > 0 && last && last.length > long && others.every((cell) => cell === "—");
  const end = cells.length - 1;
  return isAlone
    ? element("td", first, { attributes: attributesOf(0) }) +
        element("td", last, { span: end, attributes: attributesOf(end) })
    : cells.map((cell, i) => element("td", cell, { attributes: attributesOf(i) })).join("");
}

/** Tables of so many columns whose cells may be long have no space beside each other on a narrow screen. */
const [fewest, most] = [3, 6];

/**
 * Rows of cells as an HTML table, with a head unless all its cells are empty. Cells are escaped. On a narrow screen the
 * cells of a row with long texts are below each other, each after the head of its column; a table of many numbers
 * scrolls, also by keyboard.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isStacked =
    head.length >= fewest &&
    head.length <= most &&
    rows.some((row) => row.some((cell) => cell.length > long));
  // without these roles a table whose cells are below each other is none for a screen reader
  const role = (name: string): string => (isStacked ? ` role="${name}"` : "");
  const attributesOf = (column: number): string =>
    isStacked ? ` role="cell"${column > 0 ? ` data-head="${escapeHtml(head[column])}"` : ""}` : "";
  const heads = head.some((cell) => cell !== "")
    ? `<thead${role("rowgroup")}><tr${role("row")}>${head
        .map((cell) => element("th", cell, { attributes: role("columnheader") }))
        .join("")}</tr></thead>`
    : "";
  const label = head.filter((cell) => cell !== "").join(", ") || "table";
  const stacked = isStacked ? ' class="stacked" role="table"' : "";
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(label)}"><table${stacked}>${heads}<tbody${role("rowgroup")}>${rows
    .map((row) => `<tr${role("row")}>${rowOf(row, attributesOf)}</tr>`)
    .join("")}</tbody></table></div>`;
}
