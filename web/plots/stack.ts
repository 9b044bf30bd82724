import { element } from "../shell/element.ts";
import type { Tab } from "./tab.ts";

/** Spin accumulation and currents of a layer stack, where the experiment has one. */
export function stackTab(): Tab {
  const note = element("p", { class: "note" });
  return {
    id: "stack",
    title: "Stack",
    node: element(
      "div",
      { class: "panels" },
      element("section", { class: "panel wide" }, element("h3", {}, "Layer stack"), note),
    ),
    update() {
      note.textContent =
        "This experiment has no layer stack. Add a torque of the type spinAccumulation to see Δμ(z) and the currents of its channels.";
    },
  };
}
