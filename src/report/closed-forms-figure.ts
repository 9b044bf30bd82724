import { mz } from "../expression/vector.ts";
import type { Figure } from "../figures/figure.ts";
import { colour, layout } from "../figures/figure.ts";
import { smallestRealEigenvalue } from "../figures/smallest-real-eigenvalue.ts";
import { besideFigures, observables } from "../observables/index.ts";
import type { Result } from "../result.ts";

/** A figure over its exact value, with two standard errors if it is measured. */
interface Ratio {
  readonly label: string;
  readonly ratio: number;
  readonly error?: number;
  readonly kind: "ensemble" | "in range" | "out of range";
}

/** Exact value of a closed form's quantity, if the exact side has it. */
function exactOf(result: Result, quantity: string): number | null {
  const exact = result.fokkerPlanck;
  switch (quantity) {
    case "smallest eigenvalue":
      return smallestRealEigenvalue(exact?.eigenvalues)?.re ?? null;
    case "rate +z to −z":
      return exact?.twoStates?.up.rate ?? null;
    case "rate −z to +z":
      return exact?.twoStates?.down.rate ?? null;
    case `mean ${mz}²`:
      return exact?.stationary?.mm[2] ?? null;
    default:
      return exactOfObservables(result, quantity);
  }
}

/** The first value that an observable of the experiment has of a quantity. */
function exactOfObservables({ experiment, fokkerPlanck }: Result, quantity: string): number | null {
  for (const written of experiment.observables) {
    const own = fokkerPlanck?.observables.find(({ type }) => type === written.type);
    const found = own && observables[written.type].exactOf?.(quantity, written, own);
    if (found) return found;
  }
  return null;
}

/** Figures of the ensemble for the same quantities. */
const measured = (result: Result): Ratio[] =>
  result.observables.flatMap((found) =>
    (observables[found.type].ratios?.(found, result, besideFigures(result, found)) ?? []).flatMap(
      ({ label, value, error, exact }): Ratio[] =>
        value && exact
          ? [{ label, ratio: value / exact, error: (2 * (error ?? 0)) / exact, kind: "ensemble" }]
          : [],
    ),
  );

const styles = {
  ensemble: { color: colour.ensemble, symbol: "circle" },
  "in range": { color: colour.third, symbol: "diamond" },
  "out of range": { color: colour.faint, symbol: "diamond-open" },
} as const;

/** Letters of a line beside the plot, which leave it room on a phone. */
const longestLine = 24;

/** A name in lines. */
function inLines(name: string): string {
  const lines = [""];
  for (const word of name.split(" ")) {
    const last = lines.length - 1;
    if (lines[last] !== "" && lines[last].length + word.length >= longestLine) lines.push(word);
    else lines[last] = `${lines[last]} ${word}`.trim();
  }
  return lines.join("<br>");
}

/** Every closed form, and the ensemble's figures, over the exact value: one line each, on a logarithmic axis. */
export function closedFormFigures(result: Result): Figure[] {
  const forms = result.theory.flatMap((form): Ratio[] => {
    const exact = exactOf(result, form.quantity);
    if (!exact || form.value === null || !(form.value / exact > 0)) return [];
    return [
      {
        label: form.name,
        ratio: form.value / exact,
        kind: form.inRange ? "in range" : "out of range",
      },
    ];
  });
  if (forms.length === 0) return [];
  const all = [...measured(result), ...forms].reverse().map((one) => ({ ...one, label: inLines(one.label) }));
  const mostLines = Math.max(...all.map(({ label }) => label.split("<br>").length));
  const kinds = (["ensemble", "in range", "out of range"] as const).filter((kind) =>
    all.some((ratio) => ratio.kind === kind),
  );
  const names = {
    ensemble: "ensemble, two standard errors",
    "in range": "closed form",
    "out of range": "closed form, out of range",
  };
  // a formula wrong by a factor of a thousand is drawn at the edge
  const clipped = (ratio: number): number => Math.min(30, Math.max(1 / 30, ratio));
  const spread = Math.max(...all.map(({ ratio }) => Math.abs(Math.log10(clipped(ratio)))), 0.05);
  return [
    {
      title: "Closed forms over the exact solution",
      caption:
        "The value 1 means agreement. Grey: outside the formula's range of validity. Ratios beyond a factor of 30 are drawn at the edge.",
      data: kinds.map((kind) => {
        const own = all.filter((ratio) => ratio.kind === kind);
        return {
          type: "scatter",
          mode: "markers",
          name: names[kind],
          x: own.map(({ ratio }) => clipped(ratio)),
          y: own.map(({ label }) => label),
          error_x: {
            type: "data",
            visible: kind === "ensemble",
            array: own.map(({ error }) => error ?? 0),
            color: styles[kind].color,
            thickness: 1.4,
            width: 4,
          },
          marker: { size: 9, ...styles[kind] },
        };
      }),
      layout: layout("value / exact", "", {
        x: { type: "log", range: [-1.15 * spread, 1.15 * spread], exponentformat: "none", nticks: 5 },
        y: {
          categoryorder: "array",
          categoryarray: all.map(({ label }) => label),
          ticks: "",
        },
        rest: {
          height: 150 + (12 + 17 * mostLines) * all.length,
          shapes: [
            {
              type: "line",
              x0: 1,
              x1: 1,
              yref: "paper",
              y0: 0,
              y1: 1,
              line: { color: colour.exact, width: 1.8 },
              layer: "below",
            },
          ],
        },
      }) as Figure["layout"],
    },
  ];
}
