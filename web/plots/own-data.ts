import type { Measurement } from "../../src/run/measurement.ts";
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
import { DataFit } from "./data-fit.ts";
import { DataHead } from "./data-head.ts";
import { tracesTable } from "./data-rows.ts";
import type { MapHost } from "./exact-maps.ts";
import { withFields } from "./fields-of-flags.ts";
import { FigurePlaces } from "./figure-places.ts";
import type { Variable } from "./map-controls.ts";
import type { Tab } from "./tab.ts";

/** Functions of the page that measured data need. */
export interface DataHost extends Pick<MapHost, "variables" | "run"> {
  /** Progress of work on files, or null at its end; the action stops it. */
  doing(text: string | null, stop: () => void): void;
  refused(message: string): void;
  /** Data are ready. */
  opened(): void;
  /** The part of them in a link. */
  linked(data: string | undefined, reading: Reading): void;
  /** Opens the file dialog. */
  choose(): void;
}

const none: readonly Measurement[] = [];

/** Milliseconds that a change of the experiment waits for the next one. */
const patience = 500;

/** Measured traces and tables: levels and dwell times with the exact law of the experiment, and fits to them. */
export class OwnDataTab implements Tab {
  readonly id = "data";
  readonly title = "Your data";
  readonly node: HTMLElement = element("div", { class: "view" });
  readonly #host: DataHost;
  readonly #desk: DataDesk;
  readonly #head: DataHead;
  readonly #controls: DataControls;
  readonly #fit: DataFit;
  readonly #panels = element("div", { class: "panels" });
  readonly #figures = element("section", { class: "panel", "data-panel": "data-in-figures" });
  readonly #fitPanels = element("div", { class: "panels" });
  readonly #more = element("div", { class: "panels" });
  readonly #places = new FigurePlaces((title) => title === "The trace and its levels");
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
      refused: (message) => host.refused(withFields(message)),
      opened: () => this.#opened(),
    });
    this.#head = new DataHead(
      this.#desk,
      {
        choose: () => host.choose(),
        example: () => void this.#example(),
        save: () => saveText("dwell-times.csv", this.#desk.data?.table ?? "", "text/csv"),
        close: () => this.#close(),
      },
      () => this.#show(),
    );
    this.#controls = new DataControls(this.#desk);
    this.#fit = new DataFit(this.#desk, (settings) => host.run(settings));
    const box = element(
      "section",
      { class: "panel", "data-panel": "data" },
      element("h3", {}, "Your data"),
      ...this.#head.nodes,
      this.#controls.node,
    );
    this.node.append(box, this.#panels, this.#figures, this.#fit.node, this.#fitPanels, this.#more);
    this.#show();
  }

  /** Opens dropped or chosen files. */
  open(files: readonly File[]): void {
    void this.#desk.open(files);
  }

  /** Opens the data of an address, if they have changed. */
  follow({ data, reading }: Pick<LinkOptions, "data" | "reading">): void {
    if (data === undefined || data === this.#linked) return;
    this.#linked = data;
    void this.#desk.unpack(data, readingOf(reading));
  }

  /** The measurements, as in a table. */
  get measurements(): readonly Measurement[] {
    return this.#desk.data?.measurements ?? none;
  }

  update(board: Board): void {
    this.#board = board;
    this.#show();
  }

  #opened(): void {
    const { data, reading } = this.#desk;
    const text = data?.packed?.text;
    // data of a link are shown in the tab that the link names
    const isFollowed = text !== undefined && text === this.#linked;
    this.#linked = text;
    this.#host.linked(text, data?.packed?.isWhole ? reading : {});
    if (!isFollowed) this.#host.opened();
  }

  /** Requests exact figures if the experiment or the data have changed. */
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
    // while the experiment has problems, the last valid one stays
    const now = this.#board ? this.#host.variables() : [];
    if (now.length > 0) this.#variables = now;
    const variables = this.#variables;
    this.#compare();
    this.#head.update();
    this.#controls.update(variables);
    if (this.#board) this.#fit.update(this.#board, variables);
    const { at } = this.#head;
    const { data, beside, fit } = this.#desk;
    const trace = data?.traces[at];
    const drawn = [data, beside, fit, at, variables.length];
    const isFresh = drawn.every((one, i) => one === this.#drawn[i]);
    if (!isFresh) {
      this.#drawn = drawn;
      this.#drawings = dataFigures(this.#desk, at, variables);
      this.#figures.hidden = !trace;
      this.#figures.replaceChildren(...(trace ? tracesTable(trace, beside?.points[at]) : []));
    }
    const figures = this.#drawings;
    this.#places.show(
      [
        [this.#panels, figures.data],
        [this.#fitPanels, figures.fit],
        [this.#more, figures.more],
      ],
      drawn,
    );
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
