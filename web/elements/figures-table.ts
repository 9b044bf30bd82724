import { element } from "./element.ts";

type Cell = string | HTMLElement;

interface TableOptions {
  /** Label above the table. */
  readonly captioned?: boolean;
  /** Whether the first cell of a row is its head; the default. */
  readonly rowHeads?: boolean;
  /** Whether a phone has the cells of a row below each other, each after the head of its column. */
  readonly stacked?: boolean;
}

/** Cells after the head of a row; a single cell takes the whole width. */
const cellsOf = (cells: readonly Cell[], heads: readonly string[]): HTMLElement[] =>
  cells.length > 1 && cells.slice(1).every((cell) => cell === "—")
    ? [element("td", { colspan: cells.length, role: "cell" }, cells[0])]
    : cells.map((cell, i) => element("td", { role: "cell", "data-head": heads[i] }, cell));

/** A table of figures with its heads; where it is wider than a narrow page, it scrolls. */
export const figuresTable = (
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  { captioned = false, rowHeads = true, stacked = false }: TableOptions = {},
): HTMLElement =>
  element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    element(
      "table",
      // with these roles it stays a table for screen readers when its cells are below each other
      { class: stacked ? "figures stacked" : "figures", role: "table" },
      captioned && element("caption", {}, label),
      element(
        "tr",
        { role: "row" },
        ...heads.map((head) => element("th", { scope: "col", role: "columnheader" }, head)),
      ),
      ...rows.map(([first, ...others]) =>
        element(
          "tr",
          { role: "row" },
          ...(rowHeads
            ? [element("th", { scope: "row", role: "rowheader" }, first), ...cellsOf(others, heads.slice(1))]
            : [first, ...others].map((cell) => element("td", { role: "cell" }, cell))),
        ),
      ),
    ),
  );
