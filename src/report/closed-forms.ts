import type { Result } from "../result.ts";
import type { Figure } from "./figure.ts";
import { colour, layout } from "./figure.ts";

/** A figure over its exact value, with two standard errors where it is measured. */
interface Ratio {
  readonly label: string;
  readonly ratio: number;
  readonly error?: number;
  readonly kind: "ensemble" | "in range" | "out of range";
}

/** Exact value of a closed form's quantity, where the exact side has it. */
function exactOf(result: Result, quantity: string): number | null {
  const exact = result.fokkerPlanck;
  const spectrum = result.experiment.observables.find(({ type }) => type === "spectrum");
  switch (quantity) {
    case "smallest eigenvalue":
      return exact?.eigenvalues?.[1]?.re ?? null;
    case "rate +z to −z":
      return exact?.twoStates?.up.rate ?? null;
    case "rate −z to +z":
      return exact?.twoStates?.down.rate ?? null;
    case "mean mz²":
      return exact?.stationary?.mm[2] ?? null;
    case "integral relaxation time of mz":
      return spectrum && "of" in spectrum && ["mz", "resistance"].includes(spectrum.of as string)
        ? (exact?.spectrum?.correlationTime ?? null)
        : null;
    default:
      return null;
  }
}

/** What the ensemble measured of the same quantities. */
function measured(result: Result): Ratio[] {
  const exact = result.fokkerPlanck;
  return result.observables.flatMap((observable): Ratio[] => {
    const ratio = (
      label: string,
      value?: number | null,
      error?: number | null,
      of?: number | null,
    ): Ratio[] =>
      value && of ? [{ label, ratio: value / of, error: (2 * (error ?? 0)) / of, kind: "ensemble" }] : [];
    if (observable.type === "spectrum") {
      const corner = observable.lorentzian?.corner;
      return [
        ...ratio(
          "λ₁: 2π × corner of the spectrum",
          corner && 2 * Math.PI * corner.value,
          corner?.standardError && 2 * Math.PI * corner.standardError,
          exact?.eigenvalues?.[1]?.re,
        ),
        ...ratio(
          "correlation time",
          observable.correlationTime,
          observable.correlationTimeStandardError,
          exact?.spectrum?.correlationTime,
        ),
      ];
    }
    if (observable.type === "dwell")
      return (["up", "down"] as const).flatMap((side) =>
        ratio(
          `mean dwell ${side}`,
          observable[side]?.mean,
          observable[side]?.meanStandardError,
          exact?.dwell?.[side],
        ),
      );
    return [];
  });
}

const styles = {
  ensemble: { color: colour.ensemble, symbol: "circle" },
  "in range": { color: colour.third, symbol: "diamond" },
  "out of range": { color: colour.faint, symbol: "diamond-open" },
} as const;

/** Every closed form, and what the ensemble measured, over the exact value: one line each, on a logarithmic axis. */
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
  const all = [...measured(result), ...forms].reverse();
  const kinds = (["ensemble", "in range", "out of range"] as const).filter((kind) =>
    all.some((ratio) => ratio.kind === kind),
  );
  const names = {
    ensemble: "ensemble, two standard errors",
    "in range": "closed form",
    "out of range": "closed form, out of range",
  };
  // a formula that is a thousand times off is drawn at the edge
  const clipped = (ratio: number): number => Math.min(30, Math.max(1 / 30, ratio));
  const spread = Math.max(...all.map(({ ratio }) => Math.abs(Math.log10(clipped(ratio)))), 0.05);
  return [
    {
      title: "Closed forms over the exact solution",
      caption:
        "One is agreement. Grey: outside the formula's range of validity. Values beyond a factor of thirty stand at the edge.",
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
      layout: layout("value over the exact one", "", {
        x: { type: "log", range: [-1.15 * spread, 1.15 * spread], exponentformat: "none", nticks: 8 },
        y: {
          categoryorder: "array",
          categoryarray: all.map(({ label }) => label),
          ticks: "",
        },
        rest: {
          height: 150 + 28 * all.length,
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
