import type { Figure } from "../figures/figure.ts";
import { colour, layout } from "../figures/figure.ts";
import type { TraceSweep } from "../traces/sweep.ts";

/** τ against the swept value, and the logarithm of their ratio with the fitted sigmoid. */
export function sweepOfTracesFigures({ points, sigmoid }: TraceSweep, swept: string): Figure[] {
  const x = points.map(({ value }) => value);
  const markers = (name: string, y: number[], array: number[], color: string): object => ({
    type: "scatter",
    mode: "markers",
    name,
    x,
    y,
    error_y: { type: "data", array, color },
    marker: { color, size: 7 },
  });
  const line = sigmoid
    ? [
        {
          type: "scatter",
          mode: "lines",
          name: "sigmoid of the occupation",
          x,
          y: x.map((value) => sigmoid.slope * (value - sigmoid.midpoint)),
          line: { color: colour.exact },
        },
      ]
    : [];
  return [
    {
      title: "Dwell times over the sweep",
      caption: "Mean dwell times with one standard error.",
      data: [
        markers(
          "up",
          points.map((p) => p.tauUp),
          points.map((p) => p.tauUpError),
          colour.ensemble,
        ),
        markers(
          "down",
          points.map((p) => p.tauDown),
          points.map((p) => p.tauDownError),
          colour.third,
        ),
      ] as Figure["data"],
      layout: layout(swept, "mean dwell time (s)", { y: { type: "log" } }) as Figure["layout"],
    },
    {
      title: "ln of the ratio of dwell times",
      caption:
        "It equals the logarithm of the ratio of the occupations; where it is zero both levels are equally probable.",
      data: [
        markers(
          "measured",
          points.map((p) => p.lnRatio),
          points.map((p) => p.lnRatioError),
          colour.ensemble,
        ),
        ...line,
      ] as Figure["data"],
      layout: layout(swept, "ln(τ up/τ down)") as Figure["layout"],
    },
  ];
}
