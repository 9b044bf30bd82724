import { element } from "../elements/element.ts";
import { figureRows } from "./beside.ts";
import { FigurePanels } from "./figure-panels.ts";
import type { Offering } from "./offers.ts";
import { Offers } from "./offers.ts";
import type { Tab } from "./tab.ts";

/** Single spins, dwell times and spectra, as plots and as a table of figures. */
export function fluctuationTab(offering: Offering): Tab {
  const panels = new FigurePanels("fluctuation");
  const offers = new Offers("fluctuation", offering, "This experiment follows no spins in time.");
  const table = element("table", { class: "figures" });
  const box = element("section", { class: "panel" }, element("h3", {}, "In figures"), table);
  return {
    id: "fluctuation",
    title: "Fluctuation",
    node: element("div", { class: "view" }, panels.node, box, offers.node),
    update(board) {
      panels.update(board);
      offers.update(board);
      const notes = (board.result?.notes ?? []).map((note) =>
        element("tr", {}, element("td", { colspan: 4 }, note)),
      );
      const rows = [...figureRows(board, "fluctuation"), ...notes];
      box.hidden = rows.length === 0;
      table.replaceChildren(...rows);
    },
  };
}
