import type { Arrow } from "../../src/figures/arrows.ts";
import { byId, element } from "../elements/element.ts";

const names: Record<Arrow["kind"], string> = {
  axis: "easy axis u",
  field: "field B",
  polarizer: "polarizer p",
  mean: "mean ⟨m⟩",
};

/** Legend of the arrows on the sphere. */
export function showLegend(arrows: readonly Arrow[]): void {
  const kinds = [...new Set([...arrows.map(({ kind }) => kind), "mean" as const])];
  byId("legend").replaceChildren(...kinds.map((kind) => element("li", { "data-kind": kind }, names[kind])));
}
