import type { Figure } from "../../figures/figure.ts";
import { colour, layout, perTime, scaleFor } from "../../figures/figure.ts";
import type { ProductionFigures } from "./exact.ts";
import type { EntropyProductionResult } from "./result.ts";

/** Entropy given to the surroundings against time with the exact production of the stationary state, and the powers. */
export function productionFigures(
  found: EntropyProductionResult,
  own: ProductionFigures | null,
  timeUnit: string,
  atTime = "",
): Figure[] {
  if (found.times.length === 0) return [];
  const [factor, unit] = scaleFor(found.times, timeUnit);
  const x = found.times.map((t) => t * factor);
  const points = (name: string, y: readonly number[], error: readonly number[], color: string) => ({
    type: "scatter",
    mode: "markers",
    name,
    x,
    y,
    error_y: { type: "data", array: error.map((e) => 2 * e), thickness: 1, width: 0, color },
    marker: { size: 6, color },
  });
  const level = (name: string, value: unknown, color: string): Figure["data"] =>
    typeof value === "number"
      ? [
          {
            type: "scatter",
            mode: "lines",
            name,
            x: [0, x[x.length - 1]],
            y: [value, value],
            line: { color, width: 1.5 },
          },
        ]
      : [];
  const production: Figure = {
    title: "Entropy given to the surroundings",
    caption: `Entropy given to the surroundings, in k_B per unit of time; bars of two standard errors. In a steady state it is the entropy production; in a transient it does not contain the change of the spins' own entropy.${typeof own?.total === "number" ? ` Line: exact value of the stationary state${atTime}, which is zero in equilibrium.` : ""}`,
    data: [
      ...level(`exact, stationary${atTime}`, own?.total, colour.exact),
      points("ensemble", found.total, found.totalStandardError, colour.ensemble),
    ],
    layout: layout(
      `time (${unit})`,
      `entropy given off (${timeUnit === "s" ? "k_B/s" : `k_B ${perTime(timeUnit)}`})`,
      {
        y: { rangemode: "tozero" },
      },
    ) as Figure["layout"],
  };
  if (found.heatToBath.length === 0) return [production];
  const powers = [
    ["heat to the bath", "heatToBath", colour.ensemble],
    ["work of transfer", "workOfTransfer", colour.third],
    ["work of the drive", "workOfDrive", colour.fourth],
  ] as const;
  const [scale, watts] = scaleFor(
    powers.flatMap(([, key]) => found[key]),
    timeUnit === "s" ? "W" : "",
  );
  const scaled = (values: readonly number[]): number[] => values.map((value) => value * scale);
  return [
    production,
    {
      title: "Heat and work",
      caption: `Power of one magnet; bars of two standard errors.${powers.some(([, key]) => typeof own?.[key] === "number") ? ` Lines: exact values of the stationary state${atTime}.` : ""}`,
      data: powers.flatMap(([name, key, color]) => {
        const exact = own?.[key];
        return [
          ...level(`${name}, exact`, typeof exact === "number" ? exact * scale : null, color),
          points(name, scaled(found[key]), scaled(found[`${key}StandardError`]), color),
        ];
      }),
      layout: layout(
        `time (${unit})`,
        watts === "" ? "power (reduced)" : `power (${watts})`,
      ) as Figure["layout"],
    },
  ];
}
