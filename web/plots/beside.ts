import type { View } from "../../src/figures/figure.ts";
import { readable } from "../../src/figures/readable.ts";
import { foundOf, standingOf } from "../../src/report/standing.ts";
import type { ShownFigure } from "../../src/result.ts";
import { element } from "../elements/element.ts";
import { prefixFor } from "../values/number.ts";
import type { Board } from "./board.ts";
import type { Kept } from "./kept.ts";
import { difference } from "./kept.ts";

/** Factor of times for display, and their unit, which stays in the line of the number; figures in other units are shown unchanged. */
function readingOf({ value, exact, unit }: ShownFigure): readonly [factor: number, unit: string] {
  if (unit !== "s") return [1, ""];
  const [size, prefix] = prefixFor(Math.max(Math.abs(value), Math.abs(exact ?? 0)));
  return [1 / size, `\u00a0${prefix}s`];
}

/** The ensemble's value with its error or interval, as in a report. */
function found(figure: ShownFigure): string {
  const [factor, unit] = readingOf(figure);
  const { value, standardError, low, high } = figure;
  const inUnit = {
    ...figure,
    value: factor * value,
    standardError: standardError === null ? null : factor * standardError,
    ...(low === undefined || high === undefined ? {} : { low: factor * low, high: factor * high }),
  };
  return `${foundOf(inUnit)}${unit}`;
}

function exactly(figure: ShownFigure): string {
  if (figure.exact === null) return "—";
  const [factor, unit] = readingOf(figure);
  return `${readable(factor * figure.exact)}${unit}`;
}

/** The same figure of the kept run, and the difference. */
function keptOf(figure: ShownFigure, { shown: before }: Kept): string {
  const same = before.find(
    ({ name, observable, unit }) =>
      name === figure.name && observable === figure.observable && unit === figure.unit,
  );
  if (!same) return "–";
  const sigmas = difference(figure, same);
  return `${found(same)}${sigmas === null ? "" : `, ${sigmas >= 0 ? "+" : "−"}${Math.abs(sigmas).toFixed(1)}σ now`}`;
}

/** Figures of all observables of one view with their exact partners and the outcomes of their tests. */
export function figureRows({ result, started, kept }: Board, view: View): HTMLElement[] {
  const views = started?.views ?? {};
  const figures = result?.figures.filter(({ observable }) => views[observable] === view) ?? [];
  if (figures.length === 0) return [];
  return [
    element(
      "tr",
      {},
      element("td", {}),
      ...["ensemble", "exact", "test", ...(kept ? ["kept"] : [])].map((x) =>
        element("th", { scope: "col" }, x),
      ),
    ),
    ...figures.map((figure) => {
      const rate = figure.unit.startsWith("per ") ? ` (${figure.unit})` : "";
      const line = element(
        "tr",
        {},
        element("th", { scope: "row" }, `${figure.name}${rate}`),
        element("td", {}, found(figure)),
        element("td", {}, exactly(figure)),
        element("td", {}, standingOf(figure)),
        kept ? element("td", {}, keptOf(figure, kept)) : null,
      );
      line.dataset.standing = figure.standing;
      return line;
    }),
  ];
}
