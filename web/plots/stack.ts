import { stackFigures, stackRows } from "../../src/figures/stack.ts";
import { element } from "../elements/element.ts";
import { drawingOf } from "./drawing-of.ts";
import { nameOf } from "./figure-panels.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";

const none =
  "This experiment has no layer stack. Add a torque of the type spinAccumulation, or choose the preset with one.";

const row = (name: string, value: string): HTMLElement =>
  element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value));

/** The figures of a layer stack, as in the report of `spinsemble transport`. */
export function stackTab(request: () => void): Tab {
  const panels = new Map<string, PlotPanel>();
  const note = element("p", { class: "note" }, none);
  const table = element("table", { class: "figures" });
  const box = element("section", { class: "panel" }, element("h3", {}, "In figures"), table);
  const node = element("div", { class: "panels" }, note, box);
  const panelOf = (title: string): PlotPanel => {
    const panel = panels.get(title) ?? new PlotPanel(nameOf(title), title);
    if (!panels.has(title)) node.insertBefore(panel.node, box);
    panels.set(title, panel);
    return panel;
  };
  return {
    id: "stack",
    title: "Stack",
    node,
    wanted: (board) => board.experiment?.torques.some((torque) => "stack" in torque) ?? false,
    update({ transport }) {
      const figures = transport ? stackFigures(transport) : [];
      note.hidden = transport !== null;
      for (const [title, { node }] of panels) node.hidden = !figures.some((figure) => figure.title === title);
      for (const figure of figures)
        panelOf(figure.title).update((theme) => drawingOf(figure, theme), { of: [transport] });
      box.hidden = !transport;
      if (transport) table.replaceChildren(...stackRows(transport).map(([name, value]) => row(name, value)));
    },
    opened: request,
  };
}
