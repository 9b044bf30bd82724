import type { Figure } from "../../figures/figure.ts";
import { colour, layout, scaleFor } from "../../figures/figure.ts";
import { formulaTraces } from "../../figures/formulas.ts";
import type { ResultBase, ShownFigure } from "../../result-parts.ts";
import { asWritten } from "../as-written.ts";
import type { MomentsResult } from "./result.ts";

/** Decades shown below the least exact probability. */
const room = 0.3;

type Ranged = ShownFigure & { readonly low: number; readonly high: number };

/** Figures of the same event that were counted apart from the run, however rare it is: whose condition is that of the side. */
function countedApart(whole: ResultBase, side: "up" | "down"): Ranged[] {
  const sought = side === "up" ? /^\s*mz\s*>\s*\+?0*\.?0*\s*$/ : /^\s*mz\s*<\s*-?0*\.?0*\s*$/;
  const same = asWritten(whole).filter(({ written }) => sought.test(String(written.event ?? "")));
  return whole.figures.filter(
    (figure): figure is Ranged =>
      same.some(({ name }) => name === figure.observable) &&
      figure.unit === "" &&
      figure.low !== undefined &&
      figure.high !== undefined,
  );
}

/**
 * Probability of being on the side where all spins started, against time: ensemble with 95 % intervals, exact curve, closed
 * forms dashed. Empty where they started on both sides.
 */
export function notSwitchedFigures(moments: MomentsResult, whole: ResultBase): Figure[] {
  const { fokkerPlanck: exact, theoryCurves: theory, provenance } = whole;
  const { timeUnit } = provenance;
  const side = exact?.notSwitched?.side;
  if (!exact?.evolution || !side || moments.times.length < 2) return [];
  const [factor, unit] = scaleFor(moments.times, timeUnit);
  const [value, low, high] =
    side === "up"
      ? [moments.probabilityUp, moments.probabilityUpLow, moments.probabilityUpHigh]
      : [moments.probabilityUp, moments.probabilityUpHigh, moments.probabilityUpLow].map((row) =>
          row.map((p) => 1 - p),
        );
  const shown = value.flatMap((p, i) => (p > 0 ? [i] : []));
  const none = value.flatMap((p, i) => (p === 0 && high[i] > 0 ? [i] : []));
  const curve = exact.evolution.flatMap((row) => {
    const p = side === "up" ? row.probabilityUp : row.probabilityDown;
    return p !== null && p > 0 ? [{ x: row.time * factor, p }] : [];
  });
  const apart = countedApart(whole, side);
  // nothing has happened yet where everything is still there
  const least = Math.min(
    ...curve.map(({ p }) => p),
    ...shown.map((i) => low[i]).filter((p) => p > 0),
    ...apart.map((figure) => figure.low),
  );
  if (!(least < 0.98)) return [];
  return [
    {
      view: "switching",
      title: `Not switched: mz ${side === "up" ? "> 0" : "< 0"}`,
      caption:
        "Points: fraction of the ensemble with its 95 % interval (Clopper and Pearson). Line: exact, without cancellation at any size. Dashed: closed forms, grey outside their range.",
      data: [
        ...formulaTraces(
          theory
            .filter(({ quantity }) => quantity === "not-switched probability")
            .flatMap((form) =>
              form.times.map((t, i) => ({
                name: form.name,
                x: t * factor,
                value: form.value[i] !== null && form.value[i] > 0 ? form.value[i] : null,
                inRange: form.inRange[i],
              })),
            ),
        ),
        {
          type: "scatter",
          mode: "lines",
          name: "exact",
          x: curve.map(({ x }) => x),
          y: curve.map(({ p }) => p),
          line: { color: colour.exact, width: 2 },
        },
        {
          type: "scatter",
          mode: "markers",
          name: "ensemble",
          x: shown.map((i) => moments.times[i] * factor),
          y: shown.map((i) => value[i]),
          error_y: {
            type: "data",
            symmetric: false,
            array: shown.map((i) => high[i] - value[i]),
            arrayminus: shown.map((i) => value[i] - low[i]),
            thickness: 1.2,
            width: 3,
            color: colour.ensemble,
          },
          marker: { size: 6, color: colour.ensemble },
        },
        ...(apart.length > 0
          ? [
              {
                type: "scatter",
                mode: "markers",
                name: "splitting",
                x: apart.map(() => (exact.notSwitched?.time ?? 0) * factor),
                y: apart.map(({ value }) => value),
                error_y: {
                  type: "data",
                  symmetric: false,
                  array: apart.map((figure) => figure.high - figure.value),
                  arrayminus: apart.map((figure) => figure.value - figure.low),
                  thickness: 1.6,
                  width: 5,
                  color: colour.third,
                },
                marker: { size: 9, color: colour.third, symbol: "diamond" },
              },
            ]
          : []),
        // none of the spins is left there: an arrow from the end of the interval, which no point can stand for
        ...(none.length > 0
          ? [
              {
                type: "scatter",
                mode: "markers",
                name: "none left: 95 % limit",
                x: none.map((i) => moments.times[i] * factor),
                y: none.map((i) => high[i]),
                marker: { size: 9, color: colour.ensemble, symbol: "arrow-down" },
              },
            ]
          : []),
      ],
      layout: layout(`time (${unit})`, "probability", {
        y: {
          type: "log",
          exponentformat: "power",
          range: [Math.log10(least) - room, 0.15],
        },
      }) as Figure["layout"],
    },
  ];
}
