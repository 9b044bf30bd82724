import type { View } from "../../src/figures/figure.ts";
import type { PlacedFigure } from "../../src/observables/placed-figures.ts";
import { element } from "../elements/element.ts";
import { instruments } from "../workers/instruments.ts";
import type { Board } from "./board.ts";
import { firstRecord } from "./drawing.ts";
import { drawingOf } from "./drawing-of.ts";
import { besideKept, sameFigure } from "./kept.ts";
import { PlotPanel } from "./panel.ts";

const own: readonly string[] = Object.values(instruments);

/** The page draws its own records itself, except those without a panel of their own. */
const belongs =
  (of: View) =>
  ({ observable, view }: PlacedFigure): boolean =>
    view === of && (view !== "distribution" || !own.includes(observable));

interface Held {
  readonly panel: PlotPanel;
  readonly observable: string;
}

/** The figures of all observables of one view: up to now during a run, with the exact ones at its end. */
export class FigurePanels {
  readonly node: HTMLElement = element("div", { class: "panels" });
  readonly #view: View;
  readonly #panels = new Map<string, Held>();
  readonly #leftOut = element("p", { class: "note", hidden: true });
  readonly #nothing = element("p", { class: "note", hidden: true });

  constructor(view: View) {
    this.#view = view;
    this.node.append(this.#leftOut, this.#nothing);
  }

  update(board: Board): void {
    const { moving, result } = board;
    const leftOut = board.started?.leftOut ?? [];
    this.#leftOut.hidden = leftOut.length === 0;
    this.#leftOut.textContent = `This run continues another one. Press Reset for what needs a known start: ${leftOut.join(", ")}.`;
    const figures = board.figures.filter(belongs(this.#view));
    const kept = board.kept?.figures.filter(belongs(this.#view)) ?? [];
    const present = new Map(figures.map((placed) => [`${placed.observable}/${placed.figure.title}`, placed]));
    const asked = board.started?.views ?? {};
    const empty = Object.keys(asked).filter(
      (name) =>
        asked[name] === this.#view && !own.includes(name) && !figures.some((one) => one.observable === name),
    );
    this.#nothing.hidden = !result || empty.length === 0;
    this.#nothing.textContent = `Nothing to draw from this run for ${empty.join(", ")}. It may have been too short.`;
    for (const [key, { panel, observable }] of this.#panels)
      if (!present.has(key)) {
        const expected = !result && asked[observable] === this.#view && !own.includes(observable);
        if (expected) panel.update(() => firstRecord, { moving, of: [board.started] });
        else {
          this.#panels.delete(key);
          panel.node.remove();
        }
      }
    for (const [key, placed] of present) {
      const { observable, figure } = placed;
      let held = this.#panels.get(key);
      if (!held) {
        held = { panel: new PlotPanel(nameOf(figure.title), figure.title), observable };
        held.panel.node.classList.toggle("tall", this.#view !== "distribution");
        this.#place(held, Object.keys(asked));
        this.#panels.set(key, held);
      }
      const before = sameFigure(placed, kept)?.figure;
      const both = before && before !== figure ? besideKept(figure, before) : figure;
      held.panel.update((theme) => drawingOf(both, theme), { moving, of: [figure, before] });
    }
  }

  /**
   * In the order of the experiment's observables, whichever figure came first; those of one observable in their own
   * order.
   */
  #place({ panel, observable }: Held, asked: readonly string[]): void {
    const rank = (name: string) => asked.indexOf(name);
    const later = [...this.#panels.values()].filter((held) => rank(held.observable) > rank(observable));
    const [next] = later.sort((a, b) => rank(a.observable) - rank(b.observable));
    this.node.insertBefore(panel.node, next?.panel.node ?? this.#leftOut);
  }
}

/** "Survival: first passage" as the name of a file. */
export const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
