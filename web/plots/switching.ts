import { scaleFor } from "../../src/figures/figure.ts";
import { formulaTraces } from "../../src/figures/formulas.ts";
import { atTimeOf } from "../../src/figures/readable.ts";
import { sideShareCaption, sideShareTitle, sideShareTraces } from "../../src/figures/side-share.ts";
import { initialStates } from "../../src/physics/initial/index.ts";
import type { InitialEntry } from "../../src/physics/initial/initial-entry.ts";
import { clopperPearsonInterval } from "../../src/statistics/proportion.ts";
import { element } from "../elements/element.ts";
import { withUnit } from "../values/number.ts";
import { AtRest } from "./at-rest.ts";
import { figureRows } from "./beside.ts";
import type { Board } from "./board.ts";
import type { Drawing, Waiting } from "./drawing.ts";
import { firstRecord } from "./drawing.ts";
import { FigurePanels } from "./figure-panels.ts";
import { decays, formulaPoints, upOf } from "./formulas.ts";
import { leftBehind } from "./left-behind.ts";
import type { Offering } from "./offers.ts";
import { Offers } from "./offers.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

/** Smallest probability that is drawn. */
const trusted = 1e-7;

function upPlot(board: Board, theme: PlotTheme): Drawing | Waiting | string {
  if (board.up.length === 0 || !board.started) return firstRecord;
  const [per, unit] = scaleFor([board.duration], board.timeUnit);
  const { spins } = board.started;
  const x = board.up.map(({ time }) => time * per);
  const y = board.up.map(({ fraction }) => fraction);
  const ends = y.map((p) => clopperPearsonInterval(Math.round(p * spins), spins));
  // sums of float64 probabilities are meaningless below the error of the exact side
  const exact = board.exact?.bins
    .map((bins) => bins && upOf(bins))
    .map((p) => (p !== null && p > trusted ? p : null));
  const least = Math.min(...y.filter((p) => p > 0), ...(exact ?? []).flatMap((p) => (p === null ? [] : [p])));
  const log = least < 0.02;
  const formulas = decays(board);
  const hasExact = exact !== undefined && exact.length > 0;
  const { curves, points, limits } = sideShareTraces(
    {
      found: { x, value: y, low: ends.map(({ low }) => low), high: ends.map(({ high }) => high) },
      exact: { x: hasExact && board.exact ? board.exact.times.map((t) => t * per) : [], p: exact ?? [] },
      formulas: formulaTraces(formulaPoints(formulas, { duration: board.duration, per, least: 0.5 * least })),
    },
    { ensemble: theme.bar, exact: theme.exact },
  );
  return {
    traces: [...curves, ...points, ...limits],
    layout: baseLayout(
      theme,
      { title: `time (${unit})`, range: [0, board.duration * per] },
      {
        title: sideShareTitle("up"),
        type: log ? "log" : "linear",
        range: log ? [Math.log10(least) - 0.3, 0.1] : [0, 1.03],
      },
    ),
    table: {
      [`time (${board.timeUnit})`]: board.up.map(({ time }) => time),
      probability: y,
      low: ends.map(({ low }) => low),
      high: ends.map(({ high }) => high),
      ...(exact && board.exact
        ? { [`exact, time (${board.timeUnit})`]: board.exact.times, exact: exact.map((p) => p ?? Number.NaN) }
        : {}),
    },
    words: `${sideShareCaption(hasExact, formulas.length > 0)}${
      formulas.length > 0 ? "" : " After a pulse that writes mz < 0 this is the error rate."
    }`,
  };
}

/** A row with one value, which takes the width of all columns beside it. */
const row = (name: string, value: string, columns = 1) =>
  element("tr", {}, element("th", { scope: "row" }, name), element("td", { colspan: columns }, value));

/** Times and rates as figures, with closed forms. */
function figures(board: Board): HTMLElement[] {
  const beside = figureRows(board, "switching");
  const columns = Math.max(1, (beside[0]?.childElementCount ?? 0) - 1);
  const rows: HTMLElement[] = [];
  if (board.exact?.slowest)
    rows.push(
      row(
        `slowest relaxation time${atTimeOf(board.exact)}, exact`,
        withUnit(Number(board.exact.slowest), board.timeUnit),
        columns,
      ),
    );
  rows.push(...beside);
  for (const theory of board.result?.theory ?? []) {
    const value = theory.value === null ? (theory.reason ?? "–") : withUnit(theory.value, theory.unit);
    const outside = theory.inRange ? "" : ` (outside its range: ${theory.validWhen})`;
    const line = row(`${theory.name}: ${theory.quantity}`, `${value}${outside}`, columns);
    line.title = theory.cite;
    if (!theory.inRange) line.classList.add("outside");
    rows.push(line);
  }
  return rows;
}

/** Ensembles that start on both sides show no switching, unless the experiment records it. */
const switches = ({ experiment, started }: Board): boolean =>
  !experiment ||
  (initialStates[experiment.initial.type] as InitialEntry).isOneSided ||
  Object.values(started?.views ?? {}).includes("switching");

/** How spins leave the side on which they start, and how many remain there. */
export function switchingTab(offering: Offering): Tab {
  const offers = new Offers(
    "switching",
    offering,
    "When does each spin leave for the first time, and how many stay?",
  );
  const up = new PlotPanel("probability-up", "Switching");
  up.node.classList.add("tall");
  const panels = new FigurePanels("switching");
  const table = element("table", { class: "figures" });
  const box = element("section", { class: "panel" }, element("h3", {}, "In figures"), table);
  const left = element("table", { class: "figures" });
  const said = element("section", { class: "panel", hidden: true }, left);
  const rest = new AtRest();
  panels.node.prepend(up.node, said, rest.node);
  return {
    id: "switching",
    title: "Switching",
    node: element("div", { class: "view" }, panels.node, box, offers.node),
    wanted: switches,
    update(board) {
      const { moving, result } = board;
      panels.update(board);
      offers.update(board);
      up.update((theme) => upPlot(board, theme), {
        moving,
        of: [board.up.length, board.up[0], board.exact, result],
      });
      const lines = leftBehind(board);
      said.hidden = lines.length === 0;
      rest.update(board);
      left.replaceChildren(...lines);
      const rows = figures(board);
      table.replaceChildren(...(rows.length > 0 ? rows : [row("–", "at the end of the run")]));
    },
  };
}
