import type { Figure } from "../../src/figures/figure.ts";
import { element } from "../elements/element.ts";
import { saveText } from "../save/save.ts";
import { DataDesk } from "../state/data-desk.ts";
import type { LinkOptions } from "../state/link.ts";
import { readingOf } from "../state/reading-of.ts";
import type { Reading } from "../workers/data-messages.ts";
import type { Board } from "./board.ts";
import { DataControls } from "./data-controls.ts";
import type { DataFigures } from "./data-figures.ts";
import { dataFigures } from "./data-figures.ts";
import { DataFit, dataTable } from "./data-fit.ts";
import { tracesTable } from "./data-rows.ts";
import { drawingOf } from "./drawing-of.ts";
import type { MapHost } from "./exact-maps.ts";
import { nameOf } from "./figure-panels.ts";
import type { Variable } from "./map-controls.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";

/** What measured data need of the page. */
export interface DataHost extends Pick<MapHost, "variables" | "run"> {
  /** What is being done with files, or null once that is over; the action stops it. */
  doing(text: string | null, stop: () => void): void;
  refused(message: string): void;
  /** Data are there to be seen. */
  opened(): void;
  /** What a link holds of them. */
  linked(data: string | undefined, reading: Reading): void;
  /** Asks for files. */
  choose(): void;
}

/** Milliseconds that a change of the experiment waits for the next one. */
const patience = 500;

const formats =
  "CSV and other text, NumPy .npy and .npz, MATLAB .mat (-v7), Tektronix .isf and .wfm, LeCroy .trc, NI TDMS; or a table with the columns tau_up, tau_up_error, tau_down, tau_down_error or p_up, p_up_error, and what was varied";

/** Measured traces and tables: levels and dwell times, the exact law of the experiment beside them, and fits to them. */
export class OwnDataTab implements Tab {
  readonly id = "data";
  readonly title = "Your data";
  readonly node: HTMLElement = element("div", { class: "view" });
  readonly #host: DataHost;
  readonly #desk: DataDesk;
  readonly #controls: DataControls;
  readonly #fit: DataFit;
  readonly #head = element("p", { class: "meaning" });
  readonly #asks = element("p", { class: "asks", role: "status", hidden: true });
  readonly #buttons = element("p", { class: "map-state" });
  readonly #shown = element("select", { "aria-label": "trace that is shown", hidden: true });
  readonly #panels = element("div", { class: "panels" });
  readonly #figures = element("section", { class: "panel", "data-panel": "data-in-figures" });
  readonly #fitPanels = element("div", { class: "panels" });
  readonly #more = element("div", { class: "panels" });
  readonly #made = new Map<string, PlotPanel>();
  #board: Board | undefined;
  #linked: string | undefined;
  #compared: unknown[] = [];
  #variables: readonly Variable[] = [];
  #drawn: readonly unknown[] = [];
  #drawings: DataFigures = { data: [], fit: [], more: [] };
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(host: DataHost) {
    this.#host = host;
    this.#desk = new DataDesk({
      changed: () => this.#show(),
      doing: (text) => host.doing(text, () => this.#desk.stop()),
      refused: (message) => host.refused(inWordsOfThePage(message)),
      opened: () => {
        const { data, reading } = this.#desk;
        const text = data?.packed?.text;
        // those of a link are shown where the link says
        const isFollowed = text !== undefined && text === this.#linked;
        this.#linked = text;
        host.linked(text, data?.packed?.isWhole ? reading : {});
        if (!isFollowed) host.opened();
      },
    });
    this.#controls = new DataControls(this.#desk);
    this.#fit = new DataFit(this.#desk, (settings) => host.run(settings));
    this.#shown.addEventListener("change", () => this.#show());
    const box = element(
      "section",
      { class: "panel", "data-panel": "data" },
      element("h3", {}, "Your data"),
      this.#head,
      this.#buttons,
      this.#asks,
      this.#controls.node,
    );
    this.node.append(box, this.#panels, this.#figures, this.#fit.node, this.#fitPanels, this.#more);
    this.#show();
  }

  /** Files that were dropped or chosen. */
  open(files: readonly File[]): void {
    void this.#desk.open(files);
  }

  /** The data that an address holds, where they are others than it had. */
  follow({ data, reading }: Pick<LinkOptions, "data" | "reading">): void {
    if (data === undefined || data === this.#linked) return;
    this.#linked = data;
    void this.#desk.unpack(data, readingOf(reading));
  }

  update(board: Board): void {
    this.#board = board;
    this.#show();
  }

  /** Asks for exact figures where the experiment or the data are others than they were. */
  #compare(): void {
    const experiment = this.#board?.experiment;
    const { data } = this.#desk;
    if (!data || !experiment) return;
    const compared = [data, experiment];
    if (compared.every((one, i) => one === this.#compared[i])) return;
    this.#compared = compared;
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => void this.#desk.compare(experiment), patience);
  }

  #show(): void {
    // while the experiment has problems it is what it was before
    const now = this.#board ? this.#host.variables() : [];
    if (now.length > 0) this.#variables = now;
    const variables = this.#variables;
    this.#compare();
    this.#showHead();
    this.#controls.update(variables);
    if (this.#board) this.#fit.update(this.#board, variables);
    const { data, beside, fit } = this.#desk;
    const at = Math.max(0, this.#shown.selectedIndex);
    const trace = data?.traces[at];
    const drawn = [data, beside, fit, at, variables.length];
    const isFresh = drawn.every((one, i) => one === this.#drawn[i]);
    if (!isFresh) {
      this.#drawn = drawn;
      this.#drawings = dataFigures(this.#desk, at, variables);
      this.#figures.hidden = !trace;
      this.#figures.replaceChildren(...(trace ? tracesTable(trace, beside?.points[at], dataTable) : []));
    }
    const figures = this.#drawings;
    this.#draw(this.#panels, figures.data, drawn);
    this.#draw(this.#fitPanels, figures.fit, drawn);
    this.#draw(this.#more, figures.more, drawn);
    const shown = new Set([...figures.data, ...figures.fit, ...figures.more].map(({ title }) => title));
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
        panel.node.classList.toggle("wide", figure.title === "The trace and its levels");
      }
      if (host.children[i] !== panel.node) host.insertBefore(panel.node, host.children[i] ?? null);
      panel.update((theme) => drawingOf(figure, theme), { of });
    }
  }

  #showHead(): void {
    const { data, asks, files, isReading, beside } = this.#desk;
    const linked = data && !data.packed?.isWhole;
    const what = data?.traces.map(
      ({ file, column, analysis }) => `${file}, ${column}: ${analysis.samples} samples`,
    ) ?? [""];
    const many = what.length > 1;
    const text = data
      ? `${many ? `${what.length} traces` : (what[0] ?? `${files[0]?.name}: ${data.measurements.length} measurements`)}. ${
          linked
            ? data.packed
              ? "The link holds the dwell times alone: the files are too large for it and stay on this machine."
              : "Too large for a link: the data stay on this machine."
            : "The link holds these data; they are sent nowhere."
        }`
      : `Drop files here, or choose them: ${formats}. They are read and analysed on this machine and sent nowhere.`;
    this.#head.textContent = text;
    // beside a trace the reason stands in its table
    const missing = data?.traces.length === 0 && beside?.points.find(({ reason }) => reason)?.reason;
    this.#asks.hidden = asks === null && !missing;
    this.#asks.textContent = asks
      ? `${asks.text}.`
      : missing
        ? `No exact values of the experiment: ${missing}.`
        : "";
    const key = `${isReading} ${files.length > 0} ${data !== null}`;
    if (this.#buttons.dataset.of !== key) {
      this.#buttons.dataset.of = key;
      const button = (name: string, click: () => void) => element("button", { type: "button", click }, name);
      this.#buttons.replaceChildren(
        ...(isReading
          ? [button("Stop", () => this.#desk.stop())]
          : [button(files.length > 0 ? "Choose other files" : "Choose files", () => this.#host.choose())]),
        ...(isReading ? [] : this.#further(button)),
        this.#shown,
      );
    }
    const names = data?.traces.map(({ file, column, setting }) =>
      setting ? `${setting.value}: ${file}` : `${file}, ${column}`,
    );
    this.#shown.hidden = !names || names.length < 2;
    if (this.#shown.dataset.of === names?.join()) return;
    this.#shown.dataset.of = names?.join() ?? "";
    this.#shown.replaceChildren(...(names ?? []).map((name) => element("option", {}, name)));
  }

  /** What can be done with the data, or an example where there are none. */
  #further(button: (name: string, click: () => void) => HTMLElement): HTMLElement[] {
    const { files } = this.#desk;
    if (files.length === 0) return [button("Try an example", () => void this.#example())];
    const save = () => saveText("dwell-times.csv", this.#desk.data?.table ?? "", "text/csv");
    return [
      ...(this.#desk.data ? [button("Save dwell times", save)] : []),
      button("Close", () => this.#close()),
    ];
  }

  async #example(): Promise<void> {
    const { default: text } = await import("../../examples/telegraph-trace.csv?raw");
    this.open([new File([text], "telegraph-trace.csv")]);
  }

  #close(): void {
    this.#desk.close();
    this.#linked = undefined;
    this.#host.linked(undefined, {});
  }
}

/** Messages name flags of the command line, which are fields here. */
const fieldsOfFlags: readonly (readonly [RegExp, string])[] = [
  [/give --sample-time/, "fill in the time between samples"],
  [/--sample-time (\S+ s)/, "$1 was filled in"],
  [/--values must be/, "the swept values must be"],
  [/give the swept values with --values/, "fill in the swept values"],
  [/; give --raw TYPE if it is samples alone/, ""],
];

const inWordsOfThePage = (message: string): string =>
  fieldsOfFlags.reduce((text, [flag, words]) => text.replace(flag, words), message);
