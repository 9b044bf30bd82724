import { ratesFigures } from "../../src/report/rates-figures.ts";
import { timeUnitOf } from "../../src/statistics/agreement.ts";
import { element } from "../elements/element.ts";
import type { MapAsked } from "../presets/preset.ts";
import { MapFilling } from "../state/map-filling.ts";
import type { Board } from "./board.ts";
import { waiting } from "./drawing.ts";
import { drawingOf } from "./drawing-of.ts";
import { nameOf } from "./figure-panels.ts";
import type { Variable } from "./map-controls.ts";
import { MapControls } from "./map-controls.ts";
import { mapDrawing, rowsOf, titleOf } from "./map-drawing.ts";
import { quantitiesOf } from "./map-quantities.ts";
import { apartFrom, numberAt, withRuns } from "./measured.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";

/** What the maps need of the page. */
export interface MapHost {
  /** What of the present experiment may be varied. */
  variables(): readonly Variable[];
  /** Sets numbers of the experiment, which runs it. */
  run(settings: Readonly<Record<string, number>>): void;
  /** What is asked for has changed. */
  asked(asked: MapAsked): void;
}

/** Milliseconds that a change waits for the next one before the map is filled anew. */
const patience = 300;

/** What is shown of two numbers where nothing was chosen. */
const preferred: readonly string[] = ["error", "up", "rate"];
const first: readonly string[] = ["Share of time up", "Mean dwell times", "Not-switched probability"];
const rank = (title: string): number => (first.includes(title) ? first.indexOf(title) : first.length);

/** Exact figures over one number of the experiment or over two, filled while one looks, with the runs of this visit over them. */
export class ExactMaps implements Tab {
  readonly id = "maps";
  readonly title = "Maps";
  readonly node: HTMLElement;
  readonly #host: MapHost;
  readonly #filling = new MapFilling(() => this.#show());
  readonly #controls = new MapControls((asked) => {
    this.#host.asked(asked);
    this.#fill();
  });
  readonly #progress = element("span", { class: "meaning", role: "status" });
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
      element("p", { class: "map-state" }, again, " ", this.#progress, this.#choices),
    );
    this.node = element("div", { class: "view" }, box, this.#panels);
  }

  /** Asks for a map from outside: a story, a link. */
  ask(asked: MapAsked | null): void {
    this.#asked = asked;
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

  /** The map stays the same while only the numbers change that it is over. */
  #key(): string {
    const { asked } = this.#controls;
    const experiment = this.#board?.experiment;
    if (!asked || !experiment) return "";
    const paths = [asked.x.path, ...(asked.y ? [asked.y.path] : [])];
    return `${apartFrom(experiment, paths)} ${JSON.stringify(asked)}`;
  }

  #fill(): void {
    const { asked } = this.#controls;
    const experiment = this.#board?.experiment;
    if (!asked || !experiment) return;
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
    this.node.dataset.filled = String(!filling && done === cells.length);
    const rows = rowsOf(this.#filling);
    const quantities = asked.y ? quantitiesOf(rows, this.#timeUnit) : [];
    this.#choose(quantities.map(({ id, name }) => [id, name]));
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

  #words(path: string): Variable {
    const none = { path, name: path, unit: "", from: 0, to: 1 };
    return this.#host.variables().find((variable) => variable.path === path) ?? none;
  }

  #map({ x, y }: MapAsked): Set<string> {
    const experiment = this.#board?.experiment ?? null;
    const [quantity] = quantitiesOf(rowsOf(this.#filling), this.#timeUnit).filter(
      ({ id }) => id === this.#of,
    );
    const [yPath, moving] = [y?.path ?? "", this.#filling.filling];
    const place = [numberAt(experiment, x.path), numberAt(experiment, yPath)];
    const here = place[0] === null || place[1] === null ? null : ([place[0], place[1]] as const);
    const panel = this.#panel("map-of-two", "Exact map", (a, b) =>
      this.#host.run({ [x.path]: a, [yPath]: b }),
    );
    const words = [this.#words(x.path), this.#words(yPath)] as const;
    panel.update(
      (theme) =>
        quantity
          ? mapDrawing(this.#filling, quantity, words, here, theme)
          : waiting("The first cells are being computed."),
      { moving, of: [this.#filling.cells, this.#filling.done, quantity, ...place] },
    );
    return new Set(["map-of-two"]);
  }

  #curves({ x }: MapAsked): Set<string> {
    const { experiment = null, runs = [] } = this.#board ?? {};
    const rows = rowsOf(this.#filling).sort((a, b) => a.settings[x.path] - b.settings[x.path]);
    const own = this.#words(x.path);
    const figures = experiment
      ? ratesFigures({ paths: [x.path], rows }, this.#timeUnit).map((figure) =>
          withRuns(figure, { path: x.path, title: titleOf(own) }, experiment, runs),
        )
      : [];
    // what thresholds tell apart is what was asked for
    figures.sort((a, b) => rank(a.title) - rank(b.title));
    const names = figures.map((figure) => {
      const name = `over-${nameOf(figure.title)}`;
      const panel = this.#panel(name, figure.title, (value) => this.#host.run({ [x.path]: value }));
      panel.update((theme) => drawingOf(figure, theme), {
        moving: this.#filling.filling,
        of: [this.#filling.cells, rows.length, runs.length, numberAt(experiment, x.path)],
      });
      return name;
    });
    return new Set(names);
  }
}
