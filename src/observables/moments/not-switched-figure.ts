import type { Figure } from "../../figures/figure.ts";
import { colour, layout, scaleFor } from "../../figures/figure.ts";
import { formulaTraces } from "../../figures/formulas.ts";
import { sideShareCaption, sideShareTitle, sideShareTraces } from "../../figures/side-share.ts";
import type { ResultBase } from "../../result-parts.ts";
import { countedApart } from "../counted-apart.ts";
import type { MomentsResult } from "./result.ts";

/** Decades shown below the least exact probability. */
const room = 0.3;

/** Closed forms of the probability against time, as curves. */
const closedForms = ({ theoryCurves }: ResultBase, factor: number): Figure["data"] =>
  formulaTraces(
    theoryCurves
      .filter(({ quantity }) => quantity === "not-switched probability")
      .flatMap((form) =>
        form.times.map((t, i) => ({
          name: form.name,
          x: t * factor,
          value: form.value[i] !== null && form.value[i] > 0 ? form.value[i] : null,
          inRange: form.inRange[i],
        })),
      ),
  );

/** Figures at the end that an ensemble of its own has counted, with their intervals. */
const countedPoints = (apart: ReturnType<typeof countedApart>, x: number): Figure["data"] =>
  apart.length === 0
    ? []
    : [
        {
          type: "scatter",
          mode: "markers",
          name: "splitting",
          x: apart.map(() => x),
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
      ];

/**
 * Probability of being on the side where all spins started, against time: ensemble with 95 % intervals, exact curve,
 * closed forms dashed. Empty if they started on both sides.
 */
export function notSwitchedFigures(moments: MomentsResult, whole: ResultBase): Figure[] {
  const { fokkerPlanck: exact, provenance } = whole;
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
  const x = moments.times.map((t) => t * factor);
  const curve = exact.evolution.flatMap((row) => {
    const p = side === "up" ? row.probabilityUp : row.probabilityDown;
    return p !== null && p > 0 ? [{ x: row.time * factor, p }] : [];
  });
  const apart = countedApart(whole, side);
  // no figure while no spin has left
  const least = Math.min(
    ...curve.map(({ p }) => p),
    ...low.filter((p, i) => value[i] > 0 && p > 0),
    ...apart.map((figure) => figure.low),
  );
  if (!(least < 0.98)) return [];
  const formulas = closedForms(whole, factor);
  const { curves, points, limits } = sideShareTraces(
    {
      found: { x, value, low, high },
      exact: { x: curve.map(({ x }) => x), p: curve.map(({ p }) => p) },
      formulas,
    },
    colour,
  );
  return [
    {
      view: "switching",
      title: `Not switched: mz ${side === "up" ? "> 0" : "< 0"}`,
      caption: sideShareCaption(curve.length > 0, formulas.length > 0),
      data: [
        ...curves,
        ...points,
        ...countedPoints(apart, (exact.notSwitched?.time ?? 0) * factor),
        ...limits,
      ],
      layout: layout(`time (${unit})`, sideShareTitle(side), {
        y: {
          type: "log",
          exponentformat: "power",
          range: [Math.log10(least) - room, 0.04],
        },
      }) as Figure["layout"],
    },
  ];
}
