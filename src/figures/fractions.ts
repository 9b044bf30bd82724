import type { Figure } from "./figure.ts";

/** What points show beside their values. */
export const withIntervals = (what: string): string => `${what} with 95 % intervals`;

/** Fractions of an ensemble with the ends of their intervals. */
export interface Fractions {
  readonly x: readonly number[];
  readonly value: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * Points with their intervals. Where no spin is left, which a logarithmic axis cannot show as a point, an arrow starts at the upper end
 * of the interval.
 */
export function fractionTraces(
  { x, value, low, high }: Fractions,
  color: string,
): { readonly points: Figure["data"]; readonly limits: Figure["data"] } {
  const seen = value.flatMap((p, i) => (p > 0 ? [i] : []));
  const none = value.flatMap((p, i) => (p === 0 && high[i] > 0 ? [i] : []));
  return {
    points: [
      {
        type: "scatter",
        mode: "markers",
        name: "ensemble",
        x: seen.map((i) => x[i]),
        y: seen.map((i) => value[i]),
        error_y: {
          type: "data",
          symmetric: false,
          array: seen.map((i) => high[i] - value[i]),
          arrayminus: seen.map((i) => value[i] - low[i]),
          thickness: 1.2,
          width: 3,
          color,
        },
        marker: { size: 6, color },
      },
    ],
    limits:
      none.length > 0
        ? [
            {
              type: "scatter",
              mode: "markers",
              name: "no spin left: 95 % limit",
              x: none.map((i) => x[i]),
              y: none.map((i) => high[i]),
              marker: { size: 9, color, symbol: "arrow-down" },
            },
          ]
        : [],
  };
}
