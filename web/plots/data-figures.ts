import type { Figure } from "../../src/figures/figure.ts";
import { titled, withAxisTitle } from "../../src/figures/figure.ts";
import { fitFigures, measuredFigure } from "../../src/report/fit-figures.ts";
import { sweepOfTracesFigures } from "../../src/report/sweep-of-traces-figures.ts";
import { traceFigures } from "../../src/report/trace-figures.ts";
import { measurable } from "../../src/run/measurement.ts";
import type { DataDesk } from "../state/data-desk.ts";
import type { Variable } from "./map-controls.ts";
import { titleOf } from "./map-drawing.ts";

type Known = Pick<DataDesk, "data" | "beside" | "fit">;

/** Axes that are paths of the experiment get their names and units. */
const retitled = (figure: Figure, variables: readonly Variable[]): Figure => {
  const xaxis = figure.layout.xaxis as { readonly title?: { readonly text?: string } };
  const shown = xaxis.title?.text;
  const found = variables.find(({ path, unit }) => shown === path || shown === titled(path, unit));
  return found ? withAxisTitle(figure, titleOf(found)) : figure;
};

/** Measurements with the values of the experiment, if there is more than one. */
function measured({ data, beside }: Known): Figure[] {
  if (!data || data.measurements.length < 2) return [];
  const points = data.measurements.flatMap(({ settings, values }, i) =>
    measurable.flatMap((quantity) => {
      const own = values[quantity];
      const fitted = beside?.points[i]?.values[quantity] ?? null;
      return own ? [{ settings, quantity, measured: own.value, error: own.error, fitted }] : [];
    }),
  );
  return [measuredFigure(points, "exact")];
}

/** Figures by place: the measurements, the fit to them, and the other figures of one trace. */
export interface DataFigures {
  readonly data: readonly Figure[];
  readonly fit: readonly Figure[];
  readonly more: readonly Figure[];
}

/** The first figures of a trace: the trace and its dwell times. */
const first = 2;

/** Figures of the data, one trace in full, and of the fit. */
export function dataFigures(known: Known, at: number, variables: readonly Variable[]): DataFigures {
  const { data, beside, fit } = known;
  const trace = data?.traces[at];
  // the dwell times are shown with the exact ones already
  const sweep = data?.sweep ? sweepOfTracesFigures(data.sweep, data.swept ?? "value").slice(1) : [];
  const ofTrace = trace ? traceFigures(trace, beside?.laws[at] ?? null) : [];
  const isFit = fit && Number.isFinite(fit.chiSquared);
  const inWords = (figures: readonly Figure[]): Figure[] =>
    figures.map((figure) => retitled(figure, variables));
  return {
    data: inWords([...measured(known), ...sweep, ...ofTrace.slice(0, first)]),
    fit: inWords(isFit ? fitFigures(fit) : []),
    more: ofTrace.slice(first),
  };
}
