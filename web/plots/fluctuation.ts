import type { DwellResult, SpectrumResult } from "../../src/result.ts";
import { element } from "../elements/element.ts";
import { withPrefix } from "../values/number.ts";
import { figureRows } from "./beside.ts";
import type { Board } from "./board.ts";
import { timeScale } from "./distribution.ts";
import type { Drawing } from "./panel.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

/** The component that a spectrum is taken of, else mz. */
const componentOf = (board: Board): { index: number; name: string } => {
  const spectrum = board.experiment?.observables.find(({ type }) => type === "spectrum") as
    | { of?: string }
    | undefined;
  const index = ["mx", "my", "mz"].indexOf(spectrum?.of ?? "mz");
  return { index: index < 0 ? 2 : index, name: ["x", "y", "z"][index < 0 ? 2 : index] };
};

function trace(board: Board, theme: PlotTheme): Drawing | string {
  if (!board.experiment?.observables.some(({ type }) => type === "trajectory"))
    return 'Add an observable such as {"type": "trajectory", "spins": 2, "every": 1e-10} to follow single spins.';
  const { times, spins } = board.trace;
  if (times.length < 2) return "The first record is on its way.";
  const { unit, per } = timeScale(board.duration);
  const { index, name } = componentOf(board);
  const count = Math.min(2, spins[0].length);
  const x = times.map((t) => t * per);
  const table: Record<string, readonly number[]> = { "time (s)": times };
  const traces = Array.from({ length: count }, (_, k) => {
    const y = spins.map((points) => points[k]?.[index] ?? Number.NaN);
    table[`spin ${k + 1} m${name}`] = y;
    return {
      type: "scatter",
      mode: "lines",
      name: `spin ${k + 1}`,
      x,
      y,
      line: { color: k === 0 ? theme.bar : theme.exact, width: 1.4 },
      opacity: k === 0 ? 1 : 0.75,
    };
  });
  const reach =
    index === 2 ? 1.05 : Math.min(1.05, 1.1 * Math.max(...traces.flatMap(({ y }) => y.map(Math.abs))));
  return {
    traces,
    layout: baseLayout(
      theme,
      { title: `time (${unit})`, range: [0, board.duration * per] },
      { title: `m<sub>${name}</sub>`, range: [-reach, reach] },
    ),
    table,
  };
}

const dwellOf = (board: Board): DwellResult | undefined =>
  board.result?.observables.find((observable) => observable.type === "dwell");

/** Finished dwells per unit of logarithmic time: a Poisson process shows as t·exp(−t/τ). */
function dwells(board: Board, theme: PlotTheme): Drawing | string {
  if (!board.experiment?.observables.some(({ type }) => type === "dwell"))
    return 'Add an observable such as {"type": "dwell", "up": "mz > 0.5", "down": "mz < -0.5"}.';
  if (board.withoutStart) return board.withoutStart;
  const dwell = dwellOf(board);
  if (!dwell) return "Counted over the whole run; shown at its end.";
  const { unit, per } = timeScale(dwell.up?.mean ?? dwell.edges[dwell.edges.length - 1] / 10);
  const middle = dwell.upCounts.map((_, i) => Math.sqrt(dwell.edges[i] * dwell.edges[i + 1]));
  const used = middle.map((_, i) => dwell.upCounts[i] + dwell.downCounts[i] > 0);
  const first = used.indexOf(true);
  const last = used.lastIndexOf(true);
  if (first < 0) return "No dwell was finished in this run.";
  const side = (name: string, counts: readonly number[], colour: string, symbol: string) => ({
    type: "scatter",
    mode: "lines+markers",
    name,
    x: middle.slice(first, last + 1).map((t) => t * per),
    y: counts.slice(first, last + 1),
    error_y: {
      type: "data",
      array: counts.slice(first, last + 1).map(Math.sqrt),
      color: colour,
      thickness: 1,
      width: 0,
    },
    line: { color: colour, width: 1.5, shape: "hvh" },
    marker: { color: colour, size: 5, symbol },
  });
  return {
    traces: [
      side("up", dwell.upCounts, theme.bar, "circle"),
      side("down", dwell.downCounts, theme.exact, "square"),
    ],
    layout: baseLayout(
      theme,
      { title: `dwell time (${unit})`, type: "log" },
      { title: "finished dwells per bin", rangemode: "tozero" },
    ),
    table: { "time (s)": middle, up: dwell.upCounts, down: dwell.downCounts },
    words: "bins of equal ratio; error bars √N",
  };
}

function spectrum(board: Board, theme: PlotTheme): Drawing | string {
  if (!board.experiment?.observables.some(({ type }) => type === "spectrum"))
    return 'Add an observable such as {"type": "spectrum", "of": "mz", "sampleEvery": 1e-10}.';
  if (board.withoutStart) return board.withoutStart;
  const found: SpectrumResult | undefined = board.result?.observables.find(
    (observable) => observable.type === "spectrum",
  );
  if (!found) return "Taken over the whole run; shown at its end.";
  if (!found.oneSidedPower) return `There is no spectrum: ${found.reason ?? "the run was too short"}.`;
  const exact = board.result?.fokkerPlanck?.spectrum;
  const positive = found.frequencies.map((_, i) => i).filter((i) => found.frequencies[i] > 0);
  const x = positive.map((i) => found.frequencies[i] / 1e9);
  const y = positive.map((i) => found.oneSidedPower?.[i] ?? Number.NaN);
  return {
    traces: [
      {
        type: "scatter",
        mode: "markers",
        name: "ensemble",
        x,
        y,
        marker: { color: theme.bar, size: 4 },
        error_y: found.standardError
          ? {
              type: "data",
              array: positive.map((i) => found.standardError?.[i] ?? 0),
              color: theme.bar,
              thickness: 1,
              width: 0,
            }
          : undefined,
      },
      ...(exact
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: "Fokker–Planck, exact",
              x: exact.frequencies.filter((f) => f > 0).map((f) => f / 1e9),
              y: exact.oneSidedPower.filter((_, i) => exact.frequencies[i] > 0),
              line: { color: theme.exact, width: 2.2 },
            },
          ]
        : []),
    ],
    layout: baseLayout(theme, { title: "frequency (GHz)" }, { title: "one-sided power (1/Hz)", type: "log" }),
    table: { "frequency (Hz)": positive.map((i) => found.frequencies[i]), power: y },
  };
}

/** Dwell times and spectra in figures: beside the exact ones where there are any. */
function figures(board: Board): HTMLElement[] {
  const rows = [...figureRows(board.result, "dwell"), ...figureRows(board.result, "spectrum")];
  const dwell = dwellOf(board);
  const notes = (board.result?.notes ?? []).map((note) =>
    element("tr", {}, element("td", { colspan: 4 }, note)),
  );
  if (rows.length > 0 || !dwell) return [...rows, ...notes];
  const line = (name: string, value: string) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value));
  const side = (of: DwellResult["up"]): string =>
    of
      ? `${withPrefix(of.mean, "s", 4)} ± ${withPrefix(of.meanStandardError, "s", 2)} (${withPrefix(of.count)})`
      : "–";
  return [line("mean dwell up", side(dwell.up)), line("mean dwell down", side(dwell.down)), ...notes];
}

export function fluctuationTab(): Tab {
  const telegraph = new PlotPanel("trace", "Single spins");
  const histogram = new PlotPanel("dwell-times", "Dwell times");
  const power = new PlotPanel("spectrum", "Power spectrum");
  const table = element("table", { class: "figures" });
  const box = element("section", { class: "panel" }, element("h3", {}, "In figures"), table);
  return {
    id: "fluctuation",
    title: "Fluctuation",
    node: element("div", { class: "panels" }, telegraph.node, histogram.node, power.node, box),
    update(board) {
      const { moving, experiment, result } = board;
      telegraph.update((theme) => trace(board, theme), {
        moving,
        of: [experiment, board.trace.times.length],
      });
      histogram.update((theme) => dwells(board, theme), { moving, of: [experiment, board.started, result] });
      power.update((theme) => spectrum(board, theme), { moving, of: [experiment, board.started, result] });
      const rows = figures(board);
      box.hidden = rows.length === 0;
      table.replaceChildren(...rows);
    },
  };
}
