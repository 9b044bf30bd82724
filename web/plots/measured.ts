import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { colour, curveColours } from "../../src/figures/figure.ts";
import type { ShownFigure } from "../../src/result.ts";
import type { Plain, PlainObject } from "../values/difference.ts";
import { valueAt, withValue } from "../values/difference.ts";

/** A finished run, as far as a curve over its parameters can show it. */
export interface Measured {
  readonly experiment: CompletedExperiment;
  readonly figures: readonly ShownFigure[];
}

const plain = (experiment: CompletedExperiment): PlainObject => experiment as unknown as PlainObject;

/** An experiment without the numbers at some paths, and without what says how it is run. */
export function apartFrom(experiment: CompletedExperiment, paths: readonly string[]): string {
  const { name: _, ensemble: __, seed: ___, ...rest } = plain(experiment);
  return JSON.stringify(paths.reduce<PlainObject>((value, path) => withValue(value, path, 0), rest));
}

/** The number at a path. */
export function numberAt(experiment: CompletedExperiment | null, path: string): number | null {
  const value: Plain | undefined = experiment ? valueAt(plain(experiment), path) : undefined;
  return typeof value === "number" ? value : null;
}

/** What ensembles showed of the curves of a figure, by its title. */
const shownIn: Readonly<Record<string, readonly RegExp[]>> = {
  "Mean dwell times": [/^mean dwell up/, /^mean dwell down/],
  "Share of time up": [/^share of time up/],
};

/** A figure over one path with the runs that differ from the experiment in this path alone, and a line where the experiment is. */
export function withRuns(
  figure: Figure,
  { path, title }: { readonly path: string; readonly title: string },
  experiment: CompletedExperiment,
  runs: readonly Measured[],
): Figure {
  const own = apartFrom(experiment, [path]);
  const same = runs.filter((run) => apartFrom(run.experiment, [path]) === own);
  const points = (shownIn[figure.title] ?? []).flatMap((name, i): Figure["data"][number][] => {
    const found = same.flatMap((run) => {
      const x = numberAt(run.experiment, path);
      const shown = run.figures.find((one) => name.test(one.name));
      return x === null || !shown || shown.exact === null ? [] : [{ x, shown }];
    });
    if (found.length === 0) return [];
    return [
      {
        type: "scatter",
        mode: "markers",
        name: "ensemble",
        showlegend: i === 0,
        x: found.map(({ x }) => x),
        y: found.map(({ shown }) => shown.value),
        error_y: {
          type: "data",
          array: found.map(({ shown }) => 2 * (shown.standardError ?? 0)),
          thickness: 1.2,
        },
        marker: { size: 9, symbol: "diamond", color: curveColours[i] },
      },
    ];
  });
  const here = numberAt(experiment, path);
  const line = {
    type: "line",
    xref: "x",
    yref: "paper",
    x0: here,
    x1: here,
    y0: 0,
    y1: 1,
    line: { color: colour.grey, dash: "dot", width: 1.2 },
  };
  return {
    ...figure,
    caption: `${figure.caption} Dotted: the experiment now.${points.length > 0 ? " Diamonds: runs, with two standard errors." : ""}`,
    data: [...figure.data.map(shortened), ...points],
    layout: {
      ...figure.layout,
      xaxis: { ...(figure.layout.xaxis as object), title: { text: title }, exponentformat: "SI" },
      ...(here === null ? {} : { shapes: [line] }),
    },
  };
}

/** Points belong to ensembles here, and a legend has no room for formulas that do not hold. */
const shortened = (trace: Figure["data"][number]): Figure["data"][number] => ({
  ...trace,
  ...(trace.mode === "lines+markers" ? { mode: "lines" } : {}),
  ...(String(trace.name).endsWith("(out of range)") ? { showlegend: false } : {}),
  name: String(trace.name).replace(/^(\w+), \w+ and \w+/, "$1 et al."),
});
