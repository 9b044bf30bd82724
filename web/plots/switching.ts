import { passageShares } from "../../src/observables/first-passage/bins.ts";
import type { PassageResult } from "../../src/result.ts";
import { element } from "../elements/element.ts";
import { withPrefix, withUnit } from "../values/number.ts";
import { figureRows } from "./beside.ts";
import type { Board } from "./board.ts";
import { timeScale } from "./distribution.ts";
import { decays, formulaTraces, survivals, upOf } from "./formulas.ts";
import type { Drawing } from "./panel.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

interface Survival {
  readonly times: readonly number[];
  readonly value: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** What is left by now, from counts by time bin; the bands are two standard errors of a proportion. */
function liveSurvival(board: Board): Survival | null {
  const [gathered] = board.gathered.values();
  if (!gathered) return null;
  const counts = gathered.counts[0];
  const spins = counts.reduce((sum, x) => sum + x, 0);
  const times: number[] = [];
  const value: number[] = [];
  let left = spins;
  passageShares.forEach((share, i) => {
    const time = board.duration * share;
    if (time > gathered.time) return;
    times.push(time);
    value.push(left / spins);
    left -= counts[i] ?? 0;
  });
  const error = value.map((p) => 2 * Math.sqrt((p * (1 - p)) / spins));
  return {
    times,
    value,
    low: value.map((p, i) => Math.max(0.1 / spins, p - error[i])),
    high: value.map((p, i) => Math.min(1, p + error[i])),
  };
}

const passageOf = (board: Board): PassageResult | undefined =>
  board.result?.observables.find((observable) => observable.type === "firstPassage");

function survivalPlot(board: Board, theme: PlotTheme): Drawing | string {
  if (!board.experiment?.observables.some(({ type }) => type === "firstPassage"))
    return 'Add an observable such as {"type": "firstPassage", "until": "mz < 0"} to see how long spins stay.';
  if (board.withoutStart) return board.withoutStart;
  const passage = passageOf(board);
  const survival = passage?.survival.times.length ? passage.survival : liveSurvival(board);
  if (!survival) return "The first record is on its way.";
  const { unit, per } = timeScale(board.duration);
  const x = survival.times.map((t) => t * per);
  const solved = board.result?.fokkerPlanck?.firstPassage;
  const exact = solved?.survival;
  const least = Math.min(...survival.value.filter((v) => v > 0));
  return {
    traces: [
      {
        type: "scatter",
        mode: "lines",
        name: "95 % band",
        x: [...x, ...x.toReversed()],
        y: [...survival.high, ...survival.low.toReversed()],
        fill: "toself",
        fillcolor: withAlpha(theme.bar, 0.3),
        line: { width: 0 },
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "lines",
        name: "ensemble",
        x,
        y: survival.value,
        line: { color: theme.bar, width: 2, shape: "linear" },
      },
      ...(exact
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: "Fokker–Planck, exact",
              x: exact.times.map((t) => t * per),
              y: exact.value,
              line: { color: theme.exact, width: 2.5 },
            },
          ]
        : []),
      ...formulaTraces(survivals(board), { duration: board.duration, per, least: 0.5 * least }, theme),
    ],
    layout: baseLayout(
      theme,
      { title: `time (${unit})`, range: [0, board.duration * per] },
      {
        title: "fraction that has not passed",
        type: least < 0.05 ? "log" : "linear",
        range: least < 0.05 ? [Math.log10(least) - 0.3, 0.05] : [0, 1.03],
      },
    ),
    table: { "time (s)": survival.times, survival: survival.value, low: survival.low, high: survival.high },
    words: exact
      ? "dashed: closed forms for passages beyond the barrier"
      : !board.result
        ? "the exact curve comes with the verdict"
        : `no exact curve: ${solved?.reason ?? board.result.fokkerPlanckReason ?? "there is no exact side"}`,
  };
}

/** #rrggbb as rgba. */
export const withAlpha = (colour: string, alpha: number): string => {
  const value = Number.parseInt(colour.slice(1), 16);
  return `rgba(${value >> 16},${(value >> 8) & 255},${value & 255},${alpha})`;
};

/** Least probability that is drawn. */
const trusted = 1e-7;

function upPlot(board: Board, theme: PlotTheme): Drawing | string {
  if (board.up.length === 0 || !board.started) return "The first record is on its way.";
  const { unit, per } = timeScale(board.duration);
  const { spins } = board.started;
  const x = board.up.map(({ time }) => time * per);
  const y = board.up.map(({ fraction }) => fraction);
  const error = y.map((p) => Math.sqrt(Math.max(p * (1 - p), 1 / spins) / spins));
  // sums of float64 probabilities mean nothing below the error of the exact side
  const exact = board.exact?.histogram
    .map((bins) => bins && upOf(bins))
    .map((p) => (p !== null && p > trusted ? p : null));
  const least = Math.min(...y.filter((p) => p > 0), ...(exact ?? []).flatMap((p) => (p === null ? [] : [p])));
  const log = least < 0.02;
  const formulas = decays(board);
  return {
    traces: [
      {
        type: "scatter",
        mode: "markers",
        name: "ensemble",
        x,
        y,
        marker: { color: theme.bar, size: 7 },
        error_y: { type: "data", array: error, color: theme.bar, thickness: 1.2, width: 2 },
      },
      ...(exact && exact.length > 0 && board.exact
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: "Fokker–Planck, exact",
              x: board.exact.times.map((t) => t * per),
              y: exact,
              line: { color: theme.exact, width: 2.2 },
            },
          ]
        : []),
      ...formulaTraces(formulas, { duration: board.duration, per, least: 0.5 * least }, theme),
    ],
    layout: baseLayout(
      theme,
      { title: `time (${unit})`, range: [0, board.duration * per] },
      {
        title: "probability of m<sub>z</sub> > 0",
        type: log ? "log" : "linear",
        range: log ? [Math.log10(least) - 0.3, 0.1] : [0, 1.03],
      },
    ),
    table: { "time (s)": board.up.map(({ time }) => time), probability: y, standardError: error },
    words:
      formulas.length > 0
        ? "dashed: closed forms, from the first record on"
        : "after a pulse that writes mz < 0 this is the error rate",
  };
}

const row = (name: string, value: string) =>
  element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value));

/** Times and rates in figures, with closed forms beside them. */
function figures(board: Board): HTMLElement[] {
  const passage = passageOf(board);
  const rows: HTMLElement[] = [];
  if (board.exact?.slowest)
    rows.push(row("slowest relaxation, exact", withPrefix(Number(board.exact.slowest), "s", 4)));
  if (passage) {
    rows.push(
      row("passed", `${withPrefix(passage.passed)} of ${withPrefix(passage.passed + passage.censored)}`),
    );
    if (passage.mean === null) rows.push(row("mean passage time", passage.reason ?? "–"));
  }
  rows.push(...figureRows(board.result, "firstPassage"));
  for (const theory of board.result?.theory ?? []) {
    const value = theory.value === null ? (theory.reason ?? "–") : withUnit(theory.value, theory.unit);
    const outside = theory.inRange ? "" : ` (outside its range: ${theory.validWhen})`;
    const line = row(`${theory.name}: ${theory.quantity}`, `${value}${outside}`);
    line.title = theory.cite;
    if (!theory.inRange) line.classList.add("outside");
    rows.push(line);
  }
  return rows;
}

export function switchingTab(): Tab {
  const survival = new PlotPanel("survival", "First passage: who is left");
  survival.node.classList.add("tall");
  const up = new PlotPanel("probability-up", "Switching");
  up.node.classList.add("tall");
  const table = element("table", { class: "figures" });
  const box = element("section", { class: "panel" }, element("h3", {}, "In figures"), table);
  return {
    id: "switching",
    title: "Switching",
    node: element("div", { class: "panels" }, up.node, survival.node, box),
    update(board) {
      const { moving, result } = board;
      survival.update((theme) => survivalPlot(board, theme), {
        moving,
        of: [board.experiment, board.started, result, board.gathered.size, [...board.gathered.values()][0]],
      });
      up.update((theme) => upPlot(board, theme), {
        moving,
        of: [board.up.length, board.up[0], board.exact, result],
      });
      const rows = figures(board);
      table.replaceChildren(...(rows.length > 0 ? rows : [row("–", "at the end of the run")]));
    },
  };
}
