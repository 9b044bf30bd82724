import { element } from "../elements/element.ts";
import { figureRows } from "./beside.ts";
import { FigurePanels } from "./figure-panels.ts";
import type { Tab } from "./tab.ts";

/** Single spins, dwell times and spectra, and what they come to in figures. */
export function fluctuationTab(): Tab {
  const panels = new FigurePanels("fluctuation");
  const nothing = element("p", { class: "note" });
  const table = element("table", { class: "figures" });
  const box = element("section", { class: "panel" }, element("h3", {}, "In figures"), table);
  return {
    id: "fluctuation",
    title: "Fluctuation",
    node: element("div", { class: "view" }, panels.node, nothing, box),
    update(board) {
      panels.update(board);
      const views = board.started?.views ?? {};
      const asked = Object.values(views).includes("fluctuation");
      nothing.textContent =
        asked || !board.started
          ? ""
          : "This experiment follows no spins in time. Observables that do: single spins, dwell times, a spectrum.";
      const notes = (board.result?.notes ?? []).map((note) =>
        element("tr", {}, element("td", { colspan: 4 }, note)),
      );
      const rows = [...figureRows(board, "fluctuation"), ...notes];
      box.hidden = rows.length === 0;
      table.replaceChildren(...rows);
    },
  };
}
