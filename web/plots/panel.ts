import type { PlotlyModule } from "plotly.js";
import plotlyAddress from "plotly.js/plotly-cartesian.min.js?url";
import { saveCsv, saveImage, saveNpz } from "../save/save.ts";
import { element } from "../shell/element.ts";
import type { PlotTheme } from "./theme.ts";
import { plotTheme } from "./theme.ts";

/** The numbers behind a plot, column by column. */
export type Table = Readonly<Record<string, ArrayLike<number>>>;

export interface Drawing {
  readonly traces: readonly object[];
  readonly layout: object;
  readonly table: Table;
  /** One line for those who do not see the plot. */
  readonly words?: string;
}

let loading: Promise<PlotlyModule> | undefined;

/** plotly as a script of its own, fetched when the first plot is drawn: the report takes the same text along. */
export const plotly = (): Promise<PlotlyModule> =>
  (loading ??= new Promise((resolve, reject) => {
    const script = element("script", { src: plotlyAddress, async: true });
    script.addEventListener("load", () =>
      resolve((globalThis as unknown as { Plotly: PlotlyModule }).Plotly),
    );
    script.addEventListener("error", () => reject(new Error("plotly could not be loaded")));
    document.head.append(script);
  }));

export const plotlyText = async (): Promise<string> => (await fetch(plotlyAddress)).text();

const config = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  displayModeBar: "hover",
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "toImage"],
};

/** Least time between two drawings of one plot, and how much longer than the drawing itself it must be. */
const drawEvery = 180;
const idleShare = 10;
/** Panels that can be seen; the others wait until they are scrolled to. */
const inSight = new WeakSet<Element>();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inSight.add(target);
      else inSight.delete(target);
      if (isIntersecting) refreshers.get(target)?.();
    }
  },
  // begin a little before a panel is scrolled into view
  { rootMargin: "200px" },
);
const refreshers = new WeakMap<Element, () => void>();
let turn: Promise<unknown> = Promise.resolve();

/** A titled plot that draws when it is seen, and saves as picture and as data. */
export class PlotPanel {
  readonly node: HTMLElement;
  readonly #host: HTMLElement;
  readonly #note: HTMLElement;
  readonly #name: string;
  #draw: ((theme: PlotTheme) => Drawing | string) | undefined;
  #last: Drawing | undefined;
  #drawnAt = 0;
  #cost = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string, title: string, ...extra: HTMLElement[]) {
    this.#name = name;
    this.#host = element("figure", { class: "plot", "aria-label": title });
    this.#note = element("p", { class: "note" });
    const save = (label: string, action: () => unknown) =>
      element("button", { type: "button", click: action }, label);
    this.node = element(
      "section",
      { class: "panel", "data-panel": name },
      element(
        "header",
        {},
        element("h3", {}, title),
        ...extra,
        element(
          "div",
          { class: "save", role: "group", "aria-label": `save ${title}` },
          save("PNG", () => this.#image("png")),
          save("SVG", () => this.#image("svg")),
          save("CSV", () => this.#last && saveCsv(name, this.#last.table)),
          save("NPZ", () => this.#last && saveNpz(name, this.#last.table)),
        ),
      ),
      this.#host,
      this.#note,
    );
    refreshers.set(this.node, () => this.refresh());
    watcher.observe(this.node);
  }

  /** Says how to draw; a text instead of a drawing is shown in its place. */
  update(draw: (theme: PlotTheme) => Drawing | string): void {
    this.#draw = draw;
    this.refresh();
  }

  refresh(): void {
    if (this.#timer !== undefined || !inSight.has(this.node)) return;
    const pause = Math.max(drawEvery, idleShare * this.#cost);
    const wait = Math.max(0, pause - (performance.now() - this.#drawnAt));
    this.#timer = setTimeout(() => {
      // one plot at a time, each in a task of its own: the page stays responsive
      turn = turn.then(() => this.#now()).catch(() => {});
    }, wait);
  }

  async #now(): Promise<void> {
    this.#timer = undefined;
    this.#drawnAt = performance.now();
    if (!this.#draw || this.node.offsetParent === null) return;
    const drawing = this.#draw(plotTheme());
    if (typeof drawing === "string") {
      this.#last = undefined;
      this.#host.hidden = true;
      this.#note.textContent = drawing;
      return;
    }
    const Plotly = await plotly();
    this.#host.hidden = false;
    this.#note.textContent = drawing.words ?? "";
    this.#last = drawing;
    const began = performance.now();
    await Plotly.react(this.#host, drawing.traces, drawing.layout, config);
    this.#drawnAt = performance.now();
    this.#cost = this.#drawnAt - began;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  async #image(format: "png" | "svg"): Promise<void> {
    if (!this.#last) return;
    const { width, height } = this.#host.getBoundingClientRect();
    const Plotly = await plotly();
    saveImage(this.#name, format, await Plotly.toImage(this.#host, { format, width, height, scale: 2 }));
  }
}
