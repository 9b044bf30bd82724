import { element } from "../elements/element.ts";
import { figureRows } from "./beside.ts";
import { FigurePanels } from "./figure-panels.ts";
import type { Tab } from "./tab.ts";

/** Loops under a periodic drive, as plots and as a table of figures, if an experiment records them. */
export function responseTab(): Tab {
  const panels = new FigurePanels("response");
  const table = element("table", { class: "figures" });
  const box = element("section", { class: "panel" }, element("h3", {}, "In figures"), table);
  return {
    id: "response",
    title: "Response",
    node: element("div", { class: "view" }, panels.node, box),
    wanted: (board) => Object.values(board.started?.views ?? {}).includes("response"),
    update(board) {
      panels.update(board);
      const rows = figureRows(board, "response");
      box.hidden = rows.length === 0;
      table.replaceChildren(...rows);
    },
  };
}
