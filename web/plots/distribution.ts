import { magnetization } from "../../src/expression/vector.ts";
import { meansFigure } from "../../src/figures/components.ts";
import { densityFigures } from "../../src/figures/density.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { scaleFor } from "../../src/figures/figure.ts";
import { sphereMapFigures } from "../../src/figures/sphere-map.ts";
import { withPrefix, withUnit } from "../values/number.ts";
import type { Board } from "./board.ts";
import type { Drawing, Waiting } from "./drawing.ts";
import { firstRecord, waiting } from "./drawing.ts";
import { drawingOf } from "./drawing-of.ts";
import { FigurePanels } from "./figure-panels.ts";
import { keptBins, keptMeans, liveBins, liveMap, liveMeans } from "./live-results.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";
import type { PlotTheme } from "./theme.ts";

type Trace = Figure["data"][number];
type Panel = (board: Board, theme: PlotTheme) => Drawing | Waiting | string;

/** The component whose distribution the page records. */
const component = magnetization[2];

/** A dotted line through the ensemble's histogram in the kept run. */
const dotted = ({ x, y, name }: Trace, line: object): Trace => ({
  type: "scatter",
  mode: "lines",
  name,
  x,
  y,
  line: { dash: "dot", ...line },
});

/** Text below the density: its time, why a curve is missing, the meaning of the dotted line. */
function densityWords(board: Board, time: number, hasExact: boolean): string {
  const missing = hasExact
    ? ""
    : board.exact?.reason
      ? `; no exact curve: ${board.exact.reason}`
      : "; the exact curve is being computed";
  return `t = ${withUnit(time, board.timeUnit, 3)}${missing}${board.kept ? `; dotted: kept, ${board.kept.name}` : ""}`;
}

const density: Panel = (board, theme) => {
  const live = liveBins(board);
  if (!live) return firstRecord;
  const [figure] = densityFigures(component, live, board.timeUnit);
  const before = keptBins(board);
  const [kept] = before ? densityFigures(component, before, board.timeUnit)[0].data : [];
  const spins = live.counts[0].reduce((sum, n) => sum + n, 0);
  const line = kept && dotted({ ...kept, name: "kept" }, { color: "#222", width: 1.4, shape: "hvh" });
  const drawing = drawingOf({ ...figure, data: [...figure.data, ...(line ? [line] : [])] }, theme);
  const [ensemble, ...others] = drawing.traces;
  return {
    ...drawing,
    // the number of spins is in the legend, not in the names of columns
    traces: [{ ...ensemble, name: `ensemble, ${withPrefix(spins)} spins` }, ...others],
    words: densityWords(board, live.times[0], live.probabilities !== null),
  };
};

/** Lines at the times of changed values. */
const changesOf = ({ changes }: Board, factor: number): object[] =>
  changes.map((time) => ({
    type: "line",
    x0: time * factor,
    x1: time * factor,
    y0: -1.05,
    y1: 1.05,
    line: { color: "#222", width: 1, dash: "dot" },
  }));

const evolution: Panel = (board, theme) => {
  if (board.means.length === 0) return firstRecord;
  const means = liveMeans(board);
  const scale = scaleFor([board.duration], board.timeUnit);
  const [factor] = scale;
  const figure = meansFigure(means, scale);
  const kept = meansFigure(keptMeans(board), scale).data.filter(({ x }) => (x as unknown[]).length > 0);
  const lines = kept.map((trace) => ({
    ...dotted(trace, { color: (trace.marker as { readonly color: string }).color, width: 1.2 }),
    name: `kept ${trace.name}`,
    showlegend: false,
  }));
  const { xaxis, yaxis, ...layout } = figure.layout;
  const shown = {
    ...figure,
    caption: `${figure.caption}${board.changes.length > 0 ? " Dotted: a value was changed." : ""}`,
    data: [...lines, ...figure.data],
    layout: {
      ...layout,
      // the axis covers the whole run from its first record on, so that the scale does not change during it
      xaxis: {
        ...(xaxis as object),
        range: [Math.min(0, means.times[0] * factor), board.duration * factor],
      },
      yaxis: { ...(yaxis as object), range: [-1.05, 1.05] },
      shapes: changesOf(board, factor),
    },
  };
  return drawingOf(shown, theme);
};

const residual: Panel = (board, theme) => {
  const live = liveBins(board);
  const figure = live && densityFigures(component, live, board.timeUnit)[1];
  return figure
    ? drawingOf(figure, theme)
    : (board.exact?.reason ?? waiting("The exact side is being computed."));
};

const map: Panel = (board, theme) => {
  const live = liveMap(board);
  return live ? drawingOf(sphereMapFigures(live, board.timeUnit)[0], theme) : firstRecord;
};

const mapResidual: Panel = (board, theme) => {
  if (!board.result) return waiting("Shown at the end of the run.");
  const live = liveMap(board);
  const figure = live && sphereMapFigures(live, board.timeUnit)[1];
  return figure
    ? drawingOf(figure, theme)
    : (board.exactMap?.reason ?? waiting("The exact map is being computed."));
};

/** One- and two-dimensional distributions with the exact ones, and their difference in standard errors. */
export function distributionTab(): Tab {
  const panels = {
    density: new PlotPanel("density", "Distribution of mz"),
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
      panels.density.update((theme) => density(board, theme), {
        moving,
        of: [board.bins, board.exact, board.kept],
      });
      panels.evolution.update((theme) => evolution(board, theme), {
        moving,
        of: [board.means.length, board.means[0], board.exact, board.kept],
      });
      panels.residual.update((theme) => residual(board, theme), {
        moving,
        of: [board.bins, board.exact],
      });
      panels.map.update((theme) => map(board, theme), { moving, of: [board.map] });
      panels.mapResidual.update((theme) => mapResidual(board, theme), {
        moving,
        of: [board.result, board.map, board.exactMap],
      });
    },
  };
}
