import { element } from "./element.ts";

type Cell = string | HTMLElement;

interface TableOptions {
  /** The label stands above the table. */
  readonly captioned?: boolean;
  /** The first cell of a row says what the row is of; as by default. */
  readonly rowHeads?: boolean;
}

/** What follows the head of a row; a cell that has nothing beside it has the room of all. */
const cellsOf = (cells: readonly Cell[]): HTMLElement[] =>
  cells.length > 1 && cells.slice(1).every((cell) => cell === "—")
    ? [element("td", { colspan: cells.length }, cells[0])]
    : cells.map((cell) => element("td", {}, cell));

/** A table of figures with its heads, which can be scrolled where the page is narrow. */
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
