import { mz } from "../expression/vector.ts";
import { cellTrace, differencesOf, scaleOfCells, scaleTitle, shownInCells } from "../figures/cells.ts";
import type { Figure } from "../figures/figure.ts";
import { colorbar, layout, titled } from "../figures/figure.ts";
import { largest, smallest } from "../numerics/extremes.ts";
import { counted } from "../statistics/certificate.ts";
import type { SweepResult } from "../sweep/result.ts";
import type { Table } from "../sweep/table.ts";
import type { Numbers } from "./sweep-columns.ts";
import { axisType, isLogarithmic, numbersOf } from "./sweep-columns.ts";
import { sweepCut } from "./sweep-cut-figure.ts";

/** Columns that are figures by themselves: not an error, a bound, an exact partner or a count. */
const figuresOf = (result: SweepResult, table: Table): string[] =>
  table.columns
    .map(({ name }) => name)
    .filter(
      (name) =>
        !result.paths.includes(name) &&
        !["point", "tests", "seed", "outcome", "deviceLosses"].includes(name) &&
        !/\.(error|exact|low|high|pValue)$|\.formula\.|Error$/.test(name) &&
        numbersOf(table, name) !== undefined,
    );

/** (value − exact)/error at every point that has all three. */
function disagreement(table: Table, name: string): Numbers | undefined {
  const [value, error, exact] = [name, `${name}.error`, `${name}.exact`].map((one) => numbersOf(table, one));
  if (!value || !error || !exact) return undefined;
  return value.map((x, i) => {
    const [e, known] = [error[i], exact[i]];
    return x === null || e === null || known === null || !(e > 0) ? null : (x - known) / e;
  });
}

/** Largest number of map cells for which the area between refined points is interpolated. */
const mostCells = 60_000;

/** A sentence on points of a figure without a value; "" if all have one. */
function blank(z: Numbers): string {
  const none = z.filter((value) => value === null).length;
  return none === 0
    ? ""
    : ` ${counted(none, "point")} of ${z.length} without a value: the table of empty cells says why.`;
}

/**
 * A figure over two varied paths. If the points make a grid: coloured cells, with contours unless the values are noise
 * about zero; the points are drawn on top if the grid is refined. Otherwise: coloured points.
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
  const shown = shownInCells(z, log);
  const text = scaleTitle(log ? unit || "value" : unit, log);
  const bar = { exponentformat: "power" };
  const isGrid = xs.length * ys.length === z.length && xs.length > 1 && ys.length > 1;
  const cells = (): (number | null)[] => {
    const [column, row] = [xs, ys].map((of) => new Map(of.map((value, i) => [value, i])));
    const all = new Array<number | null>(xs.length * ys.length).fill(null);
    shown.forEach((value, i) => {
      all[(row.get(y[i]) ?? 0) * xs.length + (column.get(x[i]) ?? 0)] = value;
    });
    return all;
  };
  const areCells = isGrid || (isRefined && xs.length * ys.length <= mostCells);
  // between the points of a refined grid
  const filled = isGrid ? {} : { connectgaps: true };
  const dots = { type: "scatter", mode: "markers", x, y, hoverinfo: "skip", showlegend: false };
  const heat = areCells ? cellTrace(xs, ys, cells(), { text, isSigned, bar }) : undefined;
  const { zmin: cmin, zmax: cmax, colorscale } = scaleOfCells(shown, isSigned);
  const data = heat
    ? [
        { ...heat, ...filled },
        ...(isSigned ? [] : contours(shown).map((own) => ({ x: xs, y: ys, z: heat.z, ...own, ...filled }))),
        ...(isGrid ? [] : [{ ...dots, marker: { size: 3, color: "#000", opacity: 0.5 } }]),
      ]
    : [
        {
          type: "scatter",
          mode: "markers",
          x,
          y,
          marker: {
            size: 9,
            color: shown,
            colorbar: colorbar(text, bar),
            colorscale,
            ...(isSigned ? { cmin, cmax } : {}),
          },
        },
      ];
  return {
    title,
    caption: `${caption}${blank(z)}`,
    data,
    layout: layout(names[0], names[1], { x: axisType(xs), y: axisType(ys) }) as Figure["layout"],
  };
}

/** Position on the colour scale, from dark to light, above which white is not readable. */
const light = 0.55;

/** Contours at round values, about eight of them: white where the colours are dark, black where they are light. */
function contours(z: Numbers): object[] {
  const known = z.filter((value) => value !== null);
  const [low, high] = [smallest(known), largest(known)];
  if (!(high > low)) return [];
  const power = 10 ** Math.floor(Math.log10((high - low) / 8));
  const step = [1, 2, 5, 10].map((x) => x * power).find((x) => (high - low) / x <= 12) ?? 10 * power;
  const [first, last] = [Math.ceil(low / step), Math.floor(high / step)];
  const border = Math.ceil((low + light * (high - low)) / step);
  const between = (start: number, end: number, color: string): object[] =>
    end < start
      ? []
      : [
          {
            type: "contour",
            contours: {
              coloring: "none",
              showlabels: true,
              // sums of steps miss 0 by rounding, which has no digits then
              labelformat: power < 1 && power > 1e-7 ? `.${-Math.floor(Math.log10(power) + 0.5)}~f` : "~g",
              start: start * step,
              end: end * step,
              size: step,
            },
            line: { color, width: 1 },
            showscale: false,
            showlegend: false,
            hoverinfo: "skip",
          },
        ];
  return [
    ...between(first, Math.min(last, border - 1), "#fff"),
    ...between(Math.max(first, border), last, "#000"),
  ];
}

/** The most important figures, which come first. */
const wanted = new RegExp(`probability|occupation|rate|barrier|notSwitched|${mz}$|mean$`, "i");

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
                  mapOf(`${name}: disagreement`, differencesOf(name), "σ", [x, y], axes, off, {
                    isSigned: true,
                    isRefined: false,
                  }),
                ]
              : []),
          ];
        })
      : [];
  return [...maps, ...shown.flatMap((name) => sweepCut(result, table, name) ?? [])];
}
