import plotlyAddress from "virtual:plotly-address";
import type { PlotlyModule } from "plotly.js";
import { element } from "../elements/element.ts";
import { inPartsWanted, stepTaken } from "./plotly-parts.ts";

/*
 * plotly is one script of one and a half megabytes. Run in one piece it blocks the page for a third of a second, and
 * each of its first plots for a tenth. Here it runs module by module and draws step by step, with pauses in between.
 * Its first plots are small invisible ones, each with slightly more content than the one before.
 */

/** Milliseconds of work before the page gets control. */
const share = 6;

/** Lets waiting tasks run first. */
export const rest = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: 60 });
    else setTimeout(resolve, 0);
  });

/**
 * Number of current drawings, whether one of their steps is running, and the time when the page last had control, ms.
 */
let [drawings, stepping, since] = [0, false, 0];
/** Whether a list of steps belongs to a whole drawing. */
const whole = new WeakMap<readonly unknown[], boolean>();

/** A list of a whole drawing has more steps left after its first than any of a colour bar, an axis or a title. */
const wholeDrawing = 8;

/**
 * Runs a step of a list, and then gives the page control if it is due. Only the outermost list and that of a whole
 * drawing are interrupted. Lists of parts are not: a colour bar waits for everything unfinished, and would wait for
 * itself.
 */
function step(run: () => unknown, list: readonly unknown[]): unknown {
  const inner = stepping;
  const isWhole = whole.get(list) ?? (!inner || list.length >= wholeDrawing);
  whole.set(list, isWhole);
  stepping = true;
  let result: unknown;
  try {
    result = run();
  } finally {
    stepping = inner;
  }
  const waits = typeof (result as Promise<unknown> | undefined)?.then === "function";
  const due = drawings > 0 && isWhole && performance.now() - since >= share;
  return due && !waits ? turned() : result;
}

async function turned(): Promise<void> {
  await rest();
  since = performance.now();
}

type Figure = Parameters<PlotlyModule["react"]>;

/** Draws, with pauses between the steps. */
async function paced(Plotly: PlotlyModule, ...figure: Figure): Promise<void> {
  await turned();
  drawings += 1;
  try {
    await Plotly.react(...figure);
  } finally {
    drawings -= 1;
  }
}

interface InParts {
  readonly parts: readonly (() => unknown)[];
  readonly entry: () => PlotlyModule;
}

/** Runs the parts in the order in which the bundler wrote them: each after those that it needs. */
async function evaluated({ parts, entry }: InParts): Promise<PlotlyModule> {
  let began = performance.now();
  for (const part of parts) {
    part();
    if (performance.now() - began < share) continue;
    await rest();
    began = performance.now();
  }
  return entry();
}

const axis = { title: { text: "x" }, automargin: true, showline: true, ticks: "outside", range: [0, 2] };
const plain = { xaxis: axis, yaxis: axis };
const legend = { orientation: "h", x: 0, y: 1.02, xanchor: "left", yanchor: "bottom" };
const line = { type: "scatter", mode: "lines", x: [0, 1, 2], y: [0, 1, 0] };
const marks = { ...line, mode: "markers", error_y: { type: "data", array: [1, 1, 1] } };

/** Figures that each use one more part of plotly. */
const exercises: readonly (readonly [readonly object[], object])[] = [
  [[], { xaxis: { visible: false }, yaxis: { visible: false } }],
  [[], { xaxis: axis, yaxis: { visible: false } }],
  [[], plain],
  [[line], { ...plain, showlegend: false }],
  [[line, marks], { ...plain, showlegend: false }],
  [[line, line], { ...plain, showlegend: true, legend }],
  [[line, marks], { ...plain, showlegend: true, legend }],
  [[{ ...line, type: "bar" }], { ...plain, showlegend: false }],
  [[{ ...marks, type: "bar" }], { ...plain, showlegend: false }],
  [[{ type: "heatmap", z: [[0, 1]], showscale: false }], plain],
  [[{ type: "heatmap", z: [[0, 1]], colorbar: { title: { text: "x" } } }], plain],
];

async function warmed(Plotly: PlotlyModule): Promise<PlotlyModule> {
  const host = element("div", { class: "exercise", "aria-hidden": "true" });
  document.body.append(host);
  for (const [traces, layout] of exercises) {
    await paced(Plotly, host, traces, { ...layout, width: 200, height: 150 }, { displayModeBar: false });
  }
  await rest();
  Plotly.purge(host);
  host.remove();
  return Plotly;
}

const script = (): Promise<void> =>
  new Promise((resolve, reject) => {
    Object.assign(globalThis, { [inPartsWanted]: true, [stepTaken]: step });
    const node = element("script", { src: plotlyAddress, async: true });
    node.addEventListener("load", () => resolve());
    node.addEventListener("error", () => reject(new Error("plotly could not be loaded")));
    document.head.append(node);
  });

async function load(): Promise<PlotlyModule> {
  await script();
  const global = globalThis as unknown as { Plotly: PlotlyModule | InParts };
  const loaded = global.Plotly;
  const Plotly = "parts" in loaded ? await evaluated(loaded) : loaded;
  global.Plotly = Plotly;
  return warmed(Plotly);
}

let loading: Promise<PlotlyModule> | undefined;

/** plotly, fetched at its first use. */
export const plotly = (): Promise<PlotlyModule> => (loading ??= load());

/** Draws, or draws again, without blocking the page for long. */
export const drawn = async (...figure: Figure): Promise<void> => paced(await plotly(), ...figure);

/** plotly as text, for the report. */
export async function plotlyText(): Promise<string> {
  const response = await fetch(plotlyAddress);
  if (!response.ok) throw new Error("plotly could not be loaded");
  return response.text();
}
