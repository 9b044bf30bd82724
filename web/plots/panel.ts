import { element } from "../elements/element.ts";
import { saveCsv, saveImage, saveNpz } from "../save/save.ts";
import type { Drawing, Waiting } from "./drawing.ts";
import { drawLive } from "./live/draw.ts";
import { drawn, plotly, rest } from "./plotly.ts";
import type { PlotTheme } from "./theme.ts";
import { plotTheme } from "./theme.ts";

export type { Drawing } from "./drawing.ts";

export type Draw = (theme: PlotTheme) => Drawing | Waiting | string;

const config = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  displayModeBar: "hover",
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "toImage"],
};

/** An element after plotly has drawn in it. */
interface PlotlyHost {
  on(
    event: "plotly_click",
    listener: (data: { readonly points: readonly { readonly x: number; readonly y: number }[] }) => void,
  ): void;
}

/** Shortest time, ms, between two drawings of one plot: on the canvas, and by plotly. */
const liveEvery = 90;
const plottedEvery = 200;
/** Visible panels; the others are drawn when scrolled into view. */
const inSight = new WeakSet<Element>();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inSight.add(target);
      else inSight.delete(target);
      if (isIntersecting) refreshers.get(target)?.();
    }
  },
  // start a little before a panel is scrolled into view
  { rootMargin: "200px" },
);
/** Names in the legend: on a narrow screen each may need a line of its own. */
const keysOf = ({ traces }: Drawing): number =>
  (traces as readonly { readonly name?: unknown; readonly showlegend?: unknown }[]).filter(
    ({ name, showlegend }) => name !== undefined && showlegend !== false,
  ).length;

const refreshers = new WeakMap<Element, () => void>();
let turn: Promise<unknown> = Promise.resolve();

/**
 * A titled plot that draws when it is visible, and can be saved as picture and as data. During a run it is a canvas;
 * afterwards plotly takes over, with its cursor and its zoom.
 */
export class PlotPanel {
  readonly node: HTMLElement;
  readonly #host: HTMLElement;
  readonly #canvas = element("canvas", { class: "live", "aria-hidden": "true", hidden: true });
  readonly #plotted = element("div", { class: "plotted" });
  readonly #note: HTMLElement;
  readonly #saving: HTMLElement;
  readonly #name: string;
  /** Receives clicks on the plot after the run, with the place in the plot's own units. */
  clicked: ((x: number, y: number) => void) | undefined;
  #draw: Draw | undefined;
  #moving = false;
  #begun = false;
  #of: readonly unknown[] = [];
  /** Whether nothing has changed since it was drawn. */
  #fresh = false;
  #last: Drawing | undefined;
  #drawnAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string, title: string, ...extra: HTMLElement[]) {
    this.#name = name;
    this.#host = element("figure", { class: "plot", "aria-label": title }, this.#canvas, this.#plotted);
    this.#note = element("p", { class: "note" });
    const save = (label: string, action: () => unknown) =>
      element("button", { type: "button", click: action }, label);
    this.#saving = element(
      "div",
      { class: "save", role: "group", "aria-label": `save ${title}`, hidden: true },
      save("PNG", () => this.#image("png")),
      save("SVG", () => this.#image("svg")),
      save("CSV", () => this.#saved((table) => saveCsv(name, table))),
      save("NPZ", () => this.#saved((table) => saveNpz(name, table))),
    );
    this.node = element(
      "section",
      { class: "panel", "data-panel": name },
      element("header", {}, element("h3", {}, title), ...extra, this.#saving),
      this.#host,
      this.#note,
    );
    refreshers.set(this.node, () => this.refresh());
    watcher.observe(this.node);
    // a canvas must be drawn again; plotly adapts by itself
    new ResizeObserver(() => {
      if (!this.#moving) return;
      this.#fresh = false;
      this.refresh();
    }).observe(this.#host);
  }

  /**
   * Sets the drawing; a text is shown in its place. `moving`: it will soon be drawn again. `of`: its data; if none of
   * them has changed, nothing is drawn.
   */
  update(draw: Draw, { moving = false, of }: { moving?: boolean; of: readonly unknown[] }): void {
    this.#draw = draw;
    const made = [moving, plotTheme(), ...of];
    if (made.length !== this.#of.length || made.some((x, i) => x !== this.#of[i])) this.#fresh = false;
    this.#of = made;
    // the final state is drawn at once and replaces a waiting drawing
    if (this.#moving !== moving) this.#forget();
    this.#moving = moving;
    this.refresh();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  refresh(): void {
    if (this.#fresh || this.#timer !== undefined || !inSight.has(this.node)) return;
    const pause = this.#moving ? liveEvery : plottedEvery;
    const wait = Math.max(0, pause - (performance.now() - this.#drawnAt));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#moving) this.#onCanvas();
      // one plot at a time, each in a task of its own: the page stays responsive
      else turn = turn.then(() => this.#byPlotly()).catch(() => {});
    }, wait);
  }

  /** Draws the current content, if there is any, with its text. */
  #next(): Drawing | undefined {
    this.#drawnAt = performance.now();
    if (!this.#draw || this.node.offsetParent === null) return undefined;
    this.#fresh = true;
    const drawing = this.#draw(plotTheme());
    const words = typeof drawing === "string" ? drawing : "waitsFor" in drawing ? drawing.waitsFor : null;
    this.#host.hidden = typeof drawing === "string";
    this.#host.style.visibility = words === null ? "visible" : "hidden";
    this.#saving.hidden = words !== null;
    this.#last = typeof drawing === "string" || "waitsFor" in drawing ? undefined : drawing;
    if (this.#last) this.#host.style.setProperty("--keys", String(keysOf(this.#last)));
    this.#note.textContent = words ?? this.#last?.words ?? "";
    return this.#last;
  }

  /** The current drawing, which may have been set after the last one was drawn. */
  #present(): Drawing | undefined {
    if (this.#fresh || !this.#draw) return this.#last;
    const drawing = this.#draw(plotTheme());
    return typeof drawing === "string" || "waitsFor" in drawing ? undefined : drawing;
  }

  #saved(save: (table: Drawing["table"]) => void): void {
    const drawing = this.#present();
    if (drawing) save(drawing.table);
  }

  #show(canvas: boolean): void {
    this.#canvas.hidden = !canvas;
    this.#plotted.style.visibility = canvas ? "hidden" : "";
  }

  #onCanvas(): void {
    const drawing = this.#next();
    if (!drawing) return;
    this.#show(true);
    drawLive(this.#canvas, drawing, plotTheme());
  }

  async #byPlotly(): Promise<void> {
    await plotly();
    await rest();
    if (this.#moving) return;
    const drawing = this.#next();
    if (!drawing) return;
    if (!this.#begun) {
      // the first drawing takes longest: axes now, their contents after a pause
      this.#begun = true;
      await drawn(this.#plotted, [], drawing.layout, config);
      (this.#plotted as unknown as PlotlyHost).on("plotly_click", ({ points: [point] }) => {
        if (point) this.clicked?.(point.x, point.y);
      });
      await rest();
      if (this.#moving) return;
    }
    this.#show(false);
    await drawn(this.#plotted, drawing.traces, drawing.layout, config);
  }

  async #image(format: "png" | "svg"): Promise<void> {
    const drawing = this.#present();
    if (!drawing) return;
    const { traces, layout } = drawing;
    const { width, height } = this.#host.getBoundingClientRect();
    const Plotly = await plotly();
    const figure = { data: traces, layout };
    const picture = turn.then(() => Plotly.toImage(figure, { format, width, height, scale: 2 }));
    turn = picture.catch(() => {});
    saveImage(this.#name, format, await picture);
  }
}
