import type { View } from "../../src/figures/figure.ts";
import { standingOf } from "../../src/report/standing.ts";
import type { ShownFigure } from "../../src/result.ts";
import { element } from "../elements/element.ts";
import { withPrefix } from "../values/number.ts";
import type { Board } from "./board.ts";
import type { Kept } from "./kept.ts";
import { difference } from "./kept.ts";

const shown = (value: number | null, unit: string, digits: number): string =>
  value === null
    ? "—"
    : unit === "s"
      ? withPrefix(value, "s", digits)
      : `${Number(value.toPrecision(digits))}`;

const found = ({ value, standardError, low, high, unit }: ShownFigure): string => {
  if (low !== undefined && high !== undefined)
    return `${shown(value, unit, 4)} (${shown(low, unit, 4)} … ${shown(high, unit, 4)})`;
  return standardError === null
    ? shown(value, unit, 4)
    : `${shown(value, unit, 4)} ± ${shown(standardError, unit, 2)}`;
};

/** The same figure of the run that is kept, and how far off it is. */
function keptOf(figure: ShownFigure, { shown: before }: Kept): string {
  const same = before.find(
    ({ name, observable, unit }) =>
      name === figure.name && observable === figure.observable && unit === figure.unit,
  );
  if (!same) return "–";
  const sigmas = difference(figure, same);
  return `${found(same)}${sigmas === null ? "" : `, ${sigmas >= 0 ? "+" : "−"}${Math.abs(sigmas).toFixed(1)}σ now`}`;
}

/** Figures of all observables of one view beside their exact partners, each with what became of its test. */
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
        element("td", {}, shown(figure.exact, figure.unit, 4)),
        element("td", {}, standingOf(figure)),
        kept ? element("td", {}, keptOf(figure, kept)) : null,
      );
      line.dataset.standing = figure.standing;
      return line;
    }),
  ];
}
