import type { Figure } from "../../src/figures/figure.ts";
import { drawingOf } from "./drawing-of.ts";
import { nameOf } from "./figure-panels.ts";
import { PlotPanel } from "./panel.ts";

/** Panels of figures in several places of a view, one for each title, removed together with its figure. */
export class FigurePlaces {
  readonly #made = new Map<string, PlotPanel>();
  readonly #isWide: (title: string) => boolean;

  /** `isWide`: whether a figure takes the whole width. */
  constructor(isWide: (title: string) => boolean) {
    this.#isWide = isWide;
  }

  /**
   * Shows figures in their places, in order. `of` are the data of the figures; they are drawn again if the data change.
   */
  show(places: readonly (readonly [HTMLElement, readonly Figure[]])[], of: readonly unknown[]): void {
    for (const [host, figures] of places) this.#draw(host, figures, of);
    const shown = new Set(places.flatMap(([, figures]) => figures.map(({ title }) => title)));
    for (const [title, panel] of this.#made)
      if (!shown.has(title)) {
        this.#made.delete(title);
        panel.node.remove();
      }
  }

  #draw(host: HTMLElement, figures: readonly Figure[], of: readonly unknown[]): void {
    for (const [i, figure] of figures.entries()) {
      const panel = this.#made.get(figure.title) ?? new PlotPanel(nameOf(figure.title), figure.title);
      if (!this.#made.has(figure.title)) {
        this.#made.set(figure.title, panel);
        panel.node.classList.add("tall");
        panel.node.classList.toggle("wide", this.#isWide(figure.title));
      }
      if (host.children[i] !== panel.node) host.insertBefore(panel.node, host.children[i] ?? null);
      panel.update((theme) => drawingOf(figure, theme), { of });
    }
  }
}
