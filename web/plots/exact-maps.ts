import type { BackendName } from "../../src/ensemble/kernel.ts";
import { timeUnitOf } from "../../src/experiment/natural-units.ts";
import type { Figure, MappedQuantity } from "../../src/figures/figure.ts";
import { ratesFigures } from "../../src/report/rates-figures.ts";
import type { Measurement } from "../../src/run/measurement.ts";
import { element } from "../elements/element.ts";
import type { MapAsked } from "../presets/preset.ts";
import { MapFilling } from "../state/map-filling.ts";
import type { Board } from "./board.ts";
import { drawingOf } from "./drawing-of.ts";
import { emptyWords } from "./empty-cells.ts";
import { EnsemblesOver } from "./ensembles-over.ts";
import { nameOf } from "./figure-panels.ts";
import type { Variable } from "./map-controls.ts";
import { MapControls } from "./map-controls.ts";
import { rowsOf, titleOf } from "./map-drawing.ts";
import { mapPanels } from "./map-panels.ts";
import { quantitiesOf } from "./map-quantities.ts";
import { apartFrom, numberAt, withRuns } from "./measured.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";

/** Functions of the page that the maps need. */
export interface MapHost {
  /** Numbers of the current experiment that may be varied. */
  variables(): readonly Variable[];
  /** Sets numbers of the experiment and runs it. */
  run(settings: Readonly<Record<string, number>>): void;
  /** The requested map has changed. */
  asked(asked: MapAsked): void;
  /** Backend for ensembles. */
  backend(): BackendName | "auto";
  /** The user's own data. */
  measurements(): readonly Measurement[];
}

/** Milliseconds that a change waits for the next one before the map is filled again. */
const patience = 300;

/** Default quantity of a map over two numbers. */
const preferred: readonly string[] = ["error", "up", "rate"];
const first: readonly MappedQuantity[] = ["shareUp", "timeUp", "notSwitched"];
const rank = ({ quantities = [] }: Figure): number => {
  const place = first.findIndex((quantity) => quantities.includes(quantity));
  return place < 0 ? first.length : place;
};

const none: readonly Measurement[] = [];

/**
 * Exact figures over one or two numbers of the experiment, filled progressively, with ensembles and the runs of this
 * visit over them.
 */
export class ExactMaps implements Tab {
  readonly id = "maps";
  readonly title = "Maps";
  readonly node: HTMLElement;
  readonly #host: MapHost;
  readonly #filling = new MapFilling(() => this.#show());
  readonly #over = new EnsemblesOver(
    () => this.#show(),
    (wanted) => this.#switch(wanted),
  );
  readonly #controls = new MapControls((asked) => {
    this.#chosen(asked);
    this.#fill();
  });
  readonly #progress = element("span", { class: "meaning", role: "status" });
  /** Why cells are empty. */
  readonly #empty = element("p", { class: "note", hidden: true });
  readonly #choices = element("div", { class: "choices", role: "group", "aria-label": "what the map shows" });
  readonly #panels = element("div", { class: "panels" });
  readonly #made = new Map<string, PlotPanel>();
  #of = "";
  #filledFor = "";
  #board: Board | undefined;
  #asked: MapAsked | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(host: MapHost) {
    this.#host = host;
    const again = element("button", { type: "button", id: "map-fill", click: () => this.#toggle() }, "Fill");
    const box = element(
      "section",
      { class: "panel" },
      element("h3", {}, "Exact figures over the experiment's numbers"),
      this.#controls.node,
      element("p", { class: "map-state" }, again, " ", this.#progress),
      this.#empty,
      this.#over.node,
      this.#choices,
    );
    this.node = element("div", { class: "view" }, box, this.#panels);
  }

  /** Sets the requested map from outside: by a story or a link. */
  ask(asked: MapAsked | null): void {
    this.#asked = asked;
    this.#over.wanted = asked?.ensembles === true;
    this.#filledFor = "";
  }

  update(board: Board): void {
    this.#board = board;
    const { experiment } = board;
    if (!experiment) return;
    const variables = this.#host.variables();
    if (variables.length === 0) return;
    this.#controls.offer(variables, this.#asked ?? this.#controls.asked);
    this.#asked = null;
    clearTimeout(this.#patience);
    if (this.#filledFor !== this.#key()) this.#patience = setTimeout(() => this.#fill(), patience);
    else this.#show();
  }

  /** The map stays the same while only the numbers on its axes change. */
  #key(): string {
    const { asked } = this.#controls;
    const experiment = this.#board?.experiment;
    if (!asked || !experiment) return "";
    const paths = [asked.x.path, ...(asked.y ? [asked.y.path] : [])];
    return `${apartFrom(experiment, paths)} ${JSON.stringify(asked)}`;
  }

  #chosen(asked: MapAsked): void {
    const { x, y } = asked;
    this.#host.asked({ x, ...(y ? { y } : {}), ...(this.#over.wanted ? { ensembles: true } : {}) });
  }

  #switch(wanted: boolean): void {
    if (wanted) this.#over.clear();
    else this.#over.stop();
    if (this.#controls.asked) this.#chosen(this.#controls.asked);
    this.#show();
  }

  #fill(): void {
    const { asked } = this.#controls;
    const experiment = this.#board?.experiment;
    if (!asked || !experiment) return;
    this.#over.clear();
    this.#filledFor = this.#key();
    this.#filling.start(experiment, asked);
  }

  #toggle(): void {
    if (this.#filling.filling) this.#filling.stop();
    else this.#fill();
  }

  #show(): void {
    const { asked, done, cells, filling } = this.#filling;
    const board = this.#board;
    if (!asked || !board?.experiment) return;
    const button = this.node.querySelector("#map-fill");
    if (button) button.textContent = filling ? "Stop" : "Fill again";
    this.#progress.textContent = `${done} of ${cells.length} computed`;
    const filled = !filling && done === cells.length;
    this.node.dataset.filled = String(filled);
    // not over cells that a new map is about to replace
    if (filled && this.#filledFor === this.#key())
      this.#over.begin(board.experiment, asked, this.#host.backend());
    this.#over.show();
    const rows = rowsOf(this.#filling);
    const quantities = quantitiesOf(rows, this.#timeUnit);
    this.#choose(asked.y ? quantities.map(({ id, name }) => [id, name]) : []);
    const wanted = asked.y ? quantities.filter(({ id }) => id === this.#of) : quantities;
    this.#empty.textContent = emptyWords(cells, wanted);
    this.#empty.hidden = this.#empty.textContent === "";
    const shown = asked.y ? this.#map(asked) : this.#curves(asked);
    for (const [key, panel] of this.#made)
      if (!shown.has(key)) {
        this.#made.delete(key);
        panel.node.remove();
      }
  }

  #choose(names: readonly (readonly [string, string])[]): void {
    const has = (wanted: string): boolean => names.some(([id]) => id === wanted);
    if (!has(this.#of)) this.#of = preferred.find(has) ?? names[0]?.[0] ?? "";
    this.#choices.hidden = names.length < 2;
    this.#choices.replaceChildren(
      ...names.map(([id, name]) =>
        element(
          "button",
          {
            type: "button",
            "aria-pressed": String(id === this.#of),
            "data-of": id,
            click: () => {
              this.#of = id;
              this.#show();
            },
          },
          name,
        ),
      ),
    );
  }

  #panel(key: string, title: string, clicked: (x: number, y: number) => void): PlotPanel {
    const made = this.#made.get(key) ?? new PlotPanel(key, title);
    made.clicked = clicked;
    if (!this.#made.has(key)) {
      made.node.classList.add("map", "wide");
      this.#panels.append(made.node);
    }
    this.#made.set(key, made);
    return made;
  }

  get #timeUnit(): string {
    const experiment = this.#board?.experiment;
    return experiment ? timeUnitOf({ experiment }) : "s";
  }

  /** Measured in seconds, so shown only with figures in seconds. */
  get #data(): readonly Measurement[] {
    return this.#timeUnit === "s" ? this.#host.measurements() : none;
  }

  #words(path: string): Variable {
    const unknown = { path, name: path, unit: "", from: 0, to: 1 };
    return this.#host.variables().find((variable) => variable.path === path) ?? unknown;
  }

  #map({ x, y }: MapAsked): Set<string> {
    const { experiment = null, runs = [] } = this.#board ?? {};
    const [quantity] = quantitiesOf(rowsOf(this.#filling), this.#timeUnit).filter(
      ({ id }) => id === this.#of,
    );
    const paths = [x.path, y?.path ?? ""] as const;
    return mapPanels(
      {
        filling: this.#filling,
        over: this.#over,
        paths,
        words: [this.#words(paths[0]), this.#words(paths[1])],
        run: (settings) => this.#host.run(settings),
        panel: (key, title, clicked) => this.#panel(key, title, clicked),
      },
      quantity,
      { experiment, runs, data: this.#data },
    );
  }

  #curves({ x }: MapAsked): Set<string> {
    const { experiment = null, runs = [] } = this.#board ?? {};
    const rows = rowsOf(this.#filling).sort((a, b) => a.settings[x.path] - b.settings[x.path]);
    const own = this.#words(x.path);
    const { xs } = this.#filling;
    const data = this.#data;
    const cells = this.#over.cells.flatMap((cell, i) => (cell?.seen ? [{ x: xs[i], seen: cell.seen }] : []));
    const figures = experiment
      ? ratesFigures({ paths: [x.path], rows }, this.#timeUnit).map((figure) =>
          withRuns(figure, { path: x.path, title: titleOf(own) }, experiment, { runs, cells, data }),
        )
      : [];
    // dwell times by the experiment's thresholds come first
    figures.sort((a, b) => rank(a) - rank(b));
    const names = figures.map((figure) => {
      const name = `over-${nameOf(figure.title)}`;
      const panel = this.#panel(name, figure.title, (value) => this.#host.run({ [x.path]: value }));
      panel.update((theme) => drawingOf(figure, theme), {
        moving: this.#filling.filling || this.#over.running,
        of: [this.#filling.cells, rows.length, runs.length, cells.length, data, numberAt(experiment, x.path)],
      });
      return name;
    });
    return new Set(names);
  }
}
