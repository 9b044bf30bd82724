import { element } from "./element.ts";

type Cell = string | HTMLElement;

interface TableOptions {
  /** Label above the table. */
  readonly captioned?: boolean;
  /** Whether the first cell of a row is its head; the default. */
  readonly rowHeads?: boolean;
}

/** Cells after the head of a row; a single cell takes the whole width. */
const cellsOf = (cells: readonly Cell[]): HTMLElement[] =>
  cells.length > 1 && cells.slice(1).every((cell) => cell === "—")
    ? [element("td", { colspan: cells.length }, cells[0])]
    : cells.map((cell) => element("td", {}, cell));

/** A table of figures with its heads, scrollable on a narrow page. */
export const figuresTable = (
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  { captioned = false, rowHeads = true }: TableOptions = {},
): HTMLElement =>
  element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    element(
      "table",
      { class: "figures" },
      captioned && element("caption", {}, label),
      element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head))),
      ...rows.map(([first, ...others]) =>
        rowHeads
          ? element("tr", {}, element("th", { scope: "row" }, first), ...cellsOf(others))
          : element("tr", {}, ...[first, ...others].map((cell) => element("td", {}, cell))),
      ),
    ),
  );
