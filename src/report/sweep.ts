import type { Figure } from "../figures/figure.ts";
import { colour, curveColours, layout } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import { largest, smallest } from "../numerics/extremes.ts";
import type { SweepResult } from "../sweep/result.ts";
import type { Table } from "../sweep/table.ts";
import { sweepVerdict } from "../sweep/verdict.ts";
import { htmlPage } from "./page.ts";
import { escapeHtml, table as htmlTable } from "./text.ts";

type Numbers = readonly (number | null)[];

/** Numbers of a column; null where it has none. */
const numbersOf = (table: Table, name: string): Numbers | undefined => {
  const found = table.columns.find((column) => column.name === name);
  if (!found) return undefined;
  const values = found.values.map((value) => (typeof value === "number" ? value : null));
  return values.some((value) => value !== null) ? values : undefined;
};

const titled = (name: string, unit: string): string => (unit ? `${name} (${unit})` : name);

/** Columns that are figures by themselves: not an error, a bound, a partner or a count. */
const figuresOf = (result: SweepResult, table: Table): string[] =>
  table.columns
    .map(({ name }) => name)
    .filter(
      (name) =>
        !result.paths.includes(name) &&
        !["point", "tests", "seed", "outcome"].includes(name) &&
        !/\.(error|exact|low|high|pValue)$|Error$/.test(name) &&
        numbersOf(table, name) !== undefined,
    );

/** (value − exact)/error at every point, where all three are. */
function disagreement(table: Table, name: string): Numbers | undefined {
  const [value, error, exact] = [name, `${name}.error`, `${name}.exact`].map((one) => numbersOf(table, one));
  if (!value || !error || !exact) return undefined;
  return value.map((x, i) => {
    const [e, known] = [error[i], exact[i]];
    return x === null || e === null || known === null || !(e > 0) ? null : (x - known) / e;
  });
}

const isLogarithmic = (values: Numbers): boolean => {
  const given = values.filter((value) => value !== null);
  return given.length > 0 && given.every((x) => x > 0) && largest(given) / smallest(given) > 100;
};

const axisType = (values: Numbers): object => (isLogarithmic(values) ? { type: "log" } : {});

/** Cells of a map up to which what is between refined points is drawn. */
const mostCells = 60_000;

/**
 * A figure over two varied paths: coloured cells with contours where the points make a grid, the same with the points over it where the
 * grid is refined, else coloured points.
 */
function mapOf(
  title: string,
  caption: string,
  unit: string,
  [x, y]: readonly [Numbers, Numbers],
  names: readonly [string, string],
  z: Numbers,
  { isSigned, isRefined }: { readonly isSigned: boolean; readonly isRefined: boolean },
): Figure {
  const xs = [...new Set(x)].sort((a, b) => (a ?? 0) - (b ?? 0));
  const ys = [...new Set(y)].sort((a, b) => (a ?? 0) - (b ?? 0));
  const log = !isSigned && isLogarithmic(z);
  const shown = z.map((value) => (value === null ? null : log ? Math.log10(value) : value));
  const most = Math.max(4, ...shown.map((value) => Math.abs(value ?? 0)));
  const scale = isSigned
    ? { colorscale: "RdBu", zmin: -most, zmax: most, cmin: -most, cmax: most }
    : { colorscale: "Viridis" };
  const colorbar = { title: { text: log ? `log₁₀ ${unit || "value"}` : unit }, exponentformat: "power" };
  const isGrid = xs.length * ys.length === z.length && xs.length > 1 && ys.length > 1;
  const cells = (): (number | null)[][] => {
    const [column, row] = [xs, ys].map((of) => new Map(of.map((value, i) => [value, i])));
    const rows = ys.map(() => xs.map((): number | null => null));
    shown.forEach((value, i) => {
      rows[row.get(y[i]) ?? 0][column.get(x[i]) ?? 0] = value;
    });
    return rows;
  };
  const areCells = isGrid || (isRefined && xs.length * ys.length <= mostCells);
  // between the points of a refined grid
  const filled = isGrid ? {} : { connectgaps: true };
  const dots = { type: "scatter", mode: "markers", x, y, hoverinfo: "skip", showlegend: false };
  const data = areCells
    ? [
        { type: "heatmap", x: xs, y: ys, z: cells(), colorbar, ...scale, ...filled },
        {
          type: "contour",
          x: xs,
          y: ys,
          z: cells(),
          contours: { coloring: "none", showlabels: true, labelformat: "~g" },
          line: { color: "#fff", width: 1 },
          showscale: false,
          showlegend: false,
          hoverinfo: "skip",
          ...filled,
        },
        ...(isGrid ? [] : [{ ...dots, marker: { size: 3, color: "#000", opacity: 0.5 } }]),
      ]
    : [{ type: "scatter", mode: "markers", x, y, marker: { size: 9, color: shown, colorbar, ...scale } }];
  return {
    title,
    caption,
    data,
    layout: layout(names[0], names[1], { x: axisType(xs), y: axisType(ys) }) as Figure["layout"],
  };
}

/** A figure along the first path: the ensemble with its errors, the exact curve, one pair for each setting of the other paths. */
function cutOf(result: SweepResult, table: Table, name: string): Figure | undefined {
  const [path, ...others] = result.paths;
  const x = numbersOf(table, path);
  const value = numbersOf(table, name);
  if (!x || !value) return undefined;
  const [error, exact, low, high] = ["error", "exact", "low", "high"].map((end) =>
    numbersOf(table, `${name}.${end}`),
  );
  const groups = new Map<string, number[]>();
  for (let i = 0; i < table.rows; i++) {
    const key = others
      .map((other) => {
        const at = table.columns.find((column) => column.name === other)?.values[i];
        return `${other} = ${typeof at === "number" ? readable(at) : at}`;
      })
      .join(", ");
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  if ([...groups.values()].every((rows) => rows.length < 2)) return undefined;
  // a few cuts, evenly chosen, are readable; lines through a few extra points are none
  const fullest = largest([...groups.values()].map((rows) => rows.length));
  const cuts = [...groups].filter(([, rows]) => 2 * rows.length > fullest);
  const every = Math.ceil(cuts.length / 6);
  const data = cuts
    .filter((_, k) => k % every === 0)
    .flatMap(([group, unsorted], k) => {
      const rows = [...unsorted].sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
      const color = cuts.length === 1 ? colour.ensemble : curveColours[k % curveColours.length];
      const at = (of: Numbers): Numbers => rows.map((i) => of[i]);
      const upward = high && rows.map((i) => (high[i] ?? 0) - (value[i] ?? 0));
      const downward = low && rows.map((i) => (value[i] ?? 0) - (low[i] ?? 0));
      const bars = error
        ? { type: "data", array: at(error) }
        : upward && downward
          ? { type: "data", symmetric: false, array: upward, arrayminus: downward }
          : undefined;
      const isExactAlone = name.startsWith("exact.");
      return [
        {
          type: "scatter",
          mode: isExactAlone ? "lines+markers" : "markers",
          name: group || (isExactAlone ? "exact" : "ensemble"),
          x: at(x),
          y: at(value),
          marker: { size: 6, color },
          line: { color, width: 1.6 },
          ...(bars ? { error_y: { ...bars, color, thickness: 1.2 } } : {}),
        },
        ...(exact
          ? [
              {
                type: "scatter",
                mode: "lines",
                name: group ? `exact, ${group}` : "exact",
                x: at(x),
                y: at(exact),
                line: { color: cuts.length === 1 ? colour.exact : color, width: 1.6 },
                showlegend: cuts.length === 1,
              },
            ]
          : []),
      ];
    });
  const unit = result.units[name] ?? "";
  return {
    title: name,
    caption: exact
      ? "Points: the ensemble with standard errors; lines join the exact values at the same points."
      : "Against the first varied parameter.",
    data,
    layout: layout(titled(path, result.units[path] ?? ""), titled(name, unit), {
      x: axisType(x),
      y: axisType(value),
    }) as Figure["layout"],
  };
}

/** Figures that a reader looks for first. */
const wanted = /probability|occupation|rate|barrier|notSwitched|mz$|mean$/i;

/** Maps over the first two paths, then line cuts. */
export function sweepFigures(result: SweepResult, table: Table): Figure[] {
  const names = figuresOf(result, table);
  const chosen = names.filter((name) => wanted.test(name));
  const shown = chosen.length > 0 ? chosen : names;
  const [first, second] = result.paths;
  const [x, y] = [first, second].map((path) => (path === undefined ? undefined : numbersOf(table, path)));
  const axes: readonly [string, string] = [
    titled(first, result.units[first] ?? ""),
    titled(second ?? "", result.units[second] ?? ""),
  ];
  const maps =
    x && y
      ? shown.flatMap((name): Figure[] => {
          const value = numbersOf(table, name);
          if (!value) return [];
          const off = disagreement(table, name);
          const unit = result.units[name] ?? "";
          const isRefined = result.refine !== null;
          const where = isRefined
            ? "Against the first two varied parameters; dots: computed points; colours in between are interpolated."
            : "Against the first two varied parameters.";
          return [
            mapOf(name, where, unit, [x, y], axes, value, { isSigned: false, isRefined }),
            ...(off
              ? [
                  mapOf(
                    `${name}: disagreement`,
                    "(ensemble − exact) / standard error at every point.",
                    "σ",
                    [x, y],
                    axes,
                    off,
                    { isSigned: true, isRefined: false },
                  ),
                ]
              : []),
          ];
        })
      : [];
  return [...maps, ...shown.flatMap((name) => cutOf(result, table, name) ?? [])];
}

/** Rows of the table that the page shows. */
const mostRows = 200;

/** A sweep as one self-contained HTML page. */
export function sweepHtml(result: SweepResult, table: Table, plotly: string): string {
  const { certificate } = result;
  const state = certificate ? (certificate.passed ? "passed" : "failed") : "none";
  const said = sweepVerdict(result);
  const limit = certificate ? `<p>Each test fails below ${readable(certificate.limit)}.</p>` : "";
  const cell = (value: unknown): string =>
    typeof value === "number" ? readable(value) : value === null ? "—" : String(value);
  const rows = Array.from({ length: Math.min(mostRows, table.rows) }, (_, i) =>
    table.columns.map(({ values }) => cell(values[i])),
  );
  const left = table.rows > mostRows ? `<p>${table.rows - mostRows} more rows are in table.csv.</p>` : "";
  const reasons = result.reasons
    .slice(0, 20)
    .map(({ reason, points }) => `<li>${escapeHtml(reason)} (${points} points)</li>`);
  return htmlPage(
    {
      title: `Sweep: ${result.name}`,
      head: `<p class="verdict ${state}">${escapeHtml(said)}</p>${limit}`,
      figures: sweepFigures(result, table),
      tail: `<section><h2>Points</h2>${htmlTable(
        table.columns.map(({ name, unit }) => titled(name, unit)),
        rows,
      )}${left}</section>${reasons.length > 0 ? `<section><h2>Missing</h2><ul>${reasons.join("")}</ul></section>` : ""}`,
    },
    plotly,
  );
}
