import { mz } from "../../expression/vector.ts";
import type { Figure } from "../../figures/figure.ts";
import { colour, exactLine, layout, scaleFor } from "../../figures/figure.ts";
import type { FormulaPoint } from "../../figures/formulas.ts";
import { formulaTraces } from "../../figures/formulas.ts";
import { withIntervals } from "../../figures/fractions.ts";
import { largest, smallest } from "../../numerics/extremes.ts";
import type { ResultBase } from "../../result-parts.ts";
import { asWritten } from "../as-written.ts";
import type { PassageFigures } from "./exact.ts";
import type { PassageResult } from "./result.ts";

/**
 * Closed forms of the escape rate as survival, if all spins start on one side of the barrier and the passage ends on
 * the other: "mz < -0.5" from above.
 */
function closedForms(whole: ResultBase, name: string, until: number): FormulaPoint[] {
  const { theory } = whole;
  const written = asWritten(whole).find((one) => one.name === name)?.written;
  const condition = String(written?.until ?? "");
  const isBeyond = (rest: string): boolean => new RegExp(String.raw`^\s*${mz}\s*${rest}`).test(condition);
  const side = isBeyond(String.raw`<\s*-`)
    ? "rate +z"
    : isBeyond(String.raw`>\s*\+?0*[.1-9]`)
      ? "rate −z"
      : null;
  if (side === null) return [];
  return theory
    .filter(({ quantity, value }) => quantity.startsWith(side) && value !== null)
    .flatMap((form) =>
      Array.from({ length: 41 }, (_, i) => {
        const x = (until * i) / 40;
        return { name: form.name, x, value: Math.exp(-(form.value as number) * x), inRange: form.inRange };
      }),
    );
}

/** Survival against time with its 95 % band and, if there is one, the exact curve; closed forms dashed. */
export function passageFigures(
  passage: PassageResult,
  own: PassageFigures | null,
  whole: ResultBase,
): Figure[] {
  const { timeUnit } = whole.provenance;
  const { times, value, low, high } = passage.survival;
  if (times.length === 0) return [];
  const [factor, unit] = scaleFor(times, timeUnit);
  const x = times.map((t) => t * factor);
  const survival = own?.survival;
  const curve = survival && exactLine(survival.times, survival.value, factor);
  const least = smallest([...value, ...(survival?.value ?? [])].filter((p) => p > 0));
  return [
    {
      title: `Survival: ${passage.name}`,
      caption:
        "Fraction of the ensemble that has not yet met the condition, with its 95 % band. Dashed: closed forms, grey outside their range.",
      data: [
        {
          type: "scatter",
          mode: "lines",
          x,
          y: low,
          line: { width: 0 },
          showlegend: false,
          hoverinfo: "skip",
        },
        {
          type: "scatter",
          mode: "lines",
          name: "95 % band",
          x,
          y: high,
          line: { width: 0 },
          fill: "tonexty",
          fillcolor: colour.band,
        },
        {
          type: "scatter",
          mode: "markers",
          name: "ensemble",
          x,
          y: value,
          marker: { size: 4, color: colour.ensemble },
        },
        ...(curve ? [curve] : []),
        ...formulaTraces(
          closedForms(whole, passage.name, times[times.length - 1])
            .map(({ x, ...rest }) => ({ x: x * factor, ...rest }))
            // far below the data they would only stretch the axis
            .filter((point) => point.value !== null && point.value >= 0.3 * least),
        ),
      ],
      layout: layout(`time (${unit})`, "survival probability", { y: { type: "log" } }) as Figure["layout"],
    },
    ...hazardFigures(passage, own, timeUnit),
  ];
}

/** Passages over time observed, with the exact hazard; flat for exponential times. */
function hazardFigures(passage: PassageResult, own: PassageFigures | null, timeUnit: string): Figure[] {
  const { times, value, low, high } = passage.hazard;
  if (value.every((h) => h === 0)) return [];
  const [factor, unit] = scaleFor(times, timeUnit);
  const known = own?.hazard;
  // the interval of a bin with one or two passages would hide all others
  const top = 2.5 * largest(known ? known.value.map((h) => h ?? 0) : value);
  // a short bin without a passage, whose interval would fill the plot, says nothing
  const shown = value.flatMap((h, i) => (h === 0 && high[i] > top ? [] : [i]));
  return [
    {
      title: `Hazard: ${passage.name}`,
      caption: `${withIntervals("Passages in each bin divided by the time of observation,")}. Line: exact. An exponential law has a constant hazard.`,
      data: [
        {
          type: "scatter",
          mode: "markers",
          name: "ensemble",
          x: shown.map((i) => times[i] * factor),
          y: shown.map((i) => value[i]),
          error_y: {
            type: "data",
            symmetric: false,
            array: shown.map((i) => high[i] - value[i]),
            arrayminus: shown.map((i) => value[i] - low[i]),
            thickness: 1,
            width: 0,
            color: colour.ensemble,
          },
          marker: { size: 5, color: colour.ensemble },
        },
        ...(known ? [exactLine(known.times, known.value, factor)] : []),
      ],
      layout: layout(`time (${unit})`, `hazard (per ${timeUnit})`, {
        y: { range: [0, top], exponentformat: "power" },
        rest: { height: 300 },
      }) as Figure["layout"],
    },
  ];
}
