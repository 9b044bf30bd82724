import { prefixFor, withPrefix } from "../values/number.ts";
import type { Board } from "./board.ts";
import { centres, scores } from "./counts.ts";
import type { Drawing, Waiting } from "./drawing.ts";
import { firstRecord, waiting } from "./drawing.ts";
import { FigurePanels } from "./figure-panels.ts";
import { map, mapResidual } from "./maps.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

/** The scale of times in a plot, "ns" and the like. */
export const timeScale = (duration: number): { unit: string; per: number } => {
  const [factor, prefix] = prefixFor(duration);
  return { unit: `${prefix}s`, per: 1 / factor };
};

/** Probability density of mz in even bins. */
function densityOf(counts: Float64Array): number[] {
  const all = counts.reduce((sum, x) => sum + x, 0);
  return [...counts].map((count) => (count * counts.length) / all / 2);
}

function histogram(board: Board, theme: PlotTheme): Drawing | Waiting | string {
  if (!board.histogram) return firstRecord;
  const { counts } = board.histogram;
  const bins = counts.length;
  const width = 2 / bins;
  const all = counts.reduce((sum, x) => sum + x, 0);
  const x = centres(bins, -1, 1);
  const y = [...counts].map((count) => count / all / width);
  const errors = [...counts].map((count) => Math.sqrt(count * (1 - count / all)) / all / width);
  const exact = board.exactHistogram();
  const curve = exact ? [...exact].map((p) => p / width) : [];
  const kept = board.kept?.counts && densityOf(board.kept.counts);
  const top = 1.08 * Math.max(...y, ...curve, ...(kept ?? []));
  return {
    traces: [
      {
        type: "bar",
        name: `ensemble, ${withPrefix(all)} spins`,
        x,
        y,
        width,
        marker: { color: theme.bar, line: { width: 0 } },
        error_y: { type: "data", array: errors, color: theme.ink, thickness: 1, width: 0 },
      },
      ...(kept
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: "kept",
              x,
              y: kept,
              line: { color: theme.ink, width: 1.4, dash: "dot", shape: "hvh" },
            },
          ]
        : []),
      ...(exact
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: "Fokker–Planck, exact",
              x,
              y: curve,
              line: { color: theme.exact, width: 2.5, shape: "spline", smoothing: 0.6 },
            },
          ]
        : []),
    ],
    layout: baseLayout(
      theme,
      { title: "m<sub>z</sub>", range: [-1, 1] },
      { title: "probability density", range: [0, top], rangemode: "tozero" },
    ),
    table: {
      mz: x,
      density: y,
      standardError: errors,
      ...(exact ? { exact: curve } : {}),
      ...(kept ? { kept } : {}),
    },
    words: `t = ${withPrefix(board.time(((board.histogram.frame + 1) * (board.started?.steps ?? 0)) / 60), "s")}${exact ? "" : board.exact?.reason ? `; no exact curve: ${board.exact.reason}` : "; the exact curve is being computed"}${board.kept ? `; dotted: kept, ${board.kept.name}` : ""}`,
  };
}

function evolution(board: Board, theme: PlotTheme): Drawing | Waiting | string {
  const { moments, exact } = board;
  if (moments.length === 0) return firstRecord;
  const { unit, per } = timeScale(board.duration);
  const rows = [...board.earlier, ...moments];
  const times = rows.map(({ time }) => time * per);
  const names = ["x", "y", "z"];
  const colours = [theme.mx, theme.my, theme.mz];
  const symbols = ["circle", "square", "diamond"];
  const table: Record<string, readonly number[]> = { "time (s)": rows.map(({ time }) => time) };
  if (exact && exact.m.length > 0) table["time of exact values (s)"] = exact.times;
  const traces = names.flatMap((name, k) => {
    const y = rows.map(({ m }) => m[k]);
    const error = rows.map(({ mStandardError }) => mStandardError[k]);
    table[`m${name}`] = y;
    table[`m${name} standard error`] = error;
    const kept = board.kept?.moments ?? [];
    if (exact && exact.m.length > 0) table[`m${name} exact`] = exact.m.map((m) => m[k]);
    return [
      {
        type: "scatter",
        mode: "markers",
        name: `⟨m<sub>${name}</sub>⟩`,
        x: times,
        y,
        marker: { color: colours[k], size: 6, symbol: symbols[k] },
        error_y: { type: "data", array: error, color: colours[k], thickness: 1.2, width: 2 },
      },
      ...(kept.length > 0
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: `kept ⟨m<sub>${name}</sub>⟩`,
              showlegend: false,
              x: kept.map(({ time }) => time * per),
              y: kept.map(({ m }) => m[k]),
              line: { color: colours[k], width: 1.2, dash: "dot" },
            },
          ]
        : []),
      ...(exact && exact.m.length > 0
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: `exact ⟨m<sub>${name}</sub>⟩`,
              showlegend: false,
              x: exact.times.map((t) => t * per),
              y: exact.m.map((m) => m[k]),
              line: { color: colours[k], width: 1.6 },
            },
          ]
        : []),
    ];
  });
  return {
    traces,
    layout: baseLayout(
      theme,
      { title: `time (${unit})`, range: [Math.min(0, times[0]), board.duration * per] },
      { title: "mean magnetization", range: [-1.05, 1.05] },
      {
        shapes: board.changes.map((time) => ({
          type: "line",
          x0: time * per,
          x1: time * per,
          y0: -1.05,
          y1: 1.05,
          line: { color: theme.ink, width: 1, dash: "dot" },
        })),
      },
    ),
    table,
    words: `symbols: ensemble with one standard error; lines: exact${board.changes.length > 0 ? "; dotted: a value was changed" : ""}`,
  };
}

function residual(board: Board, theme: PlotTheme): Drawing | Waiting | string {
  const exact = board.exactHistogram();
  if (!board.histogram || !exact) return board.exact?.reason ?? waiting("The exact side is being computed.");
  const z = scores(board.histogram.counts, exact);
  const x = centres(z.length, -1, 1);
  const reach = Math.max(4, ...z.map((value) => Math.abs(value ?? 0) * 1.1));
  return {
    traces: [
      {
        type: "bar",
        name: "ensemble − exact",
        x,
        y: z,
        width: 2 / z.length,
        marker: { color: z.map((value) => (Math.abs(value ?? 0) > 4 ? theme.bad : theme.bar)) },
      },
    ],
    layout: baseLayout(
      theme,
      { title: "m<sub>z</sub>", range: [-1, 1] },
      { title: "standard errors", range: [-reach, reach] },
      {
        showlegend: false,
        shapes: [-2, 2].map((level) => ({
          type: "line",
          x0: -1,
          x1: 1,
          y0: level,
          y1: level,
          line: { color: theme.soft, width: 1, dash: "dot" },
        })),
      },
    ),
    table: {
      mz: x,
      standardErrors: z.map((value) => value ?? Number.NaN),
      counts: [...board.histogram.counts],
      "exact probability": [...exact],
    },
    words: "difference of each bin from the exact probability; 95 % should lie between the dotted lines",
  };
}

/** One- and two-dimensional distributions beside the exact ones, and their difference in standard errors. */
export function distributionTab(): Tab {
  const panels = {
    histogram: new PlotPanel("density", "Distribution of mz"),
    evolution: new PlotPanel("mean-magnetization", "Mean magnetization"),
    residual: new PlotPanel("difference", "Difference from exact"),
    map: new PlotPanel("map", "Density on the sphere"),
    mapResidual: new PlotPanel("map-difference", "Difference on the sphere"),
  };
  const asked = new FigurePanels("distribution");
  asked.node.prepend(...Object.values(panels).map(({ node }) => node));
  return {
    id: "distribution",
    title: "Distribution",
    node: asked.node,
    update(board) {
      const { moving } = board;
      asked.update(board);
      panels.histogram.update((theme) => histogram(board, theme), {
        moving,
        of: [board.histogram, board.exact, board.kept],
      });
      panels.evolution.update((theme) => evolution(board, theme), {
        moving,
        of: [board.moments.length, board.moments[0], board.exact, board.kept],
      });
      panels.residual.update((theme) => residual(board, theme), {
        moving,
        of: [board.histogram, board.exact],
      });
      panels.map.update((theme) => map(board, theme), { moving, of: [board.map] });
      panels.mapResidual.update((theme) => mapResidual(board, theme), {
        moving,
        of: [board.result, board.map, board.exactMap],
      });
    },
  };
}
