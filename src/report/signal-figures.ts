import type { Figure } from "../figures/figure.ts";
import { colour, layout, scaleFor, titled } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import type { ShownTrace } from "./shown-trace.ts";

/** Autocovariance, drift and diffusion of the signal itself. */
export const signalFigures = (trace: ShownTrace): Figure[] => [
  autocorrelationFigure(trace),
  ...kramersMoyalFigures(trace),
];

function autocorrelationFigure({ analysis: { autocorrelation }, unit }: ShownTrace): Figure {
  const { lags, value, standardError, fitted } = autocorrelation;
  const [factor, time] = scaleFor(lags, "s");
  const x = lags.map((lag) => lag * factor);
  return {
    title: "Autocovariance of the signal",
    caption: `With one standard error.${fitted ? " Line: telegraph noise with the fitted rates, filtered by the pole." : ""}`,
    data: [
      {
        type: "scatter",
        mode: "markers",
        name: "measured",
        x,
        y: value,
        error_y: { type: "data", array: standardError, color: colour.ensemble },
        marker: { color: colour.ensemble, size: 5 },
      },
      ...(fitted
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: "fitted rates",
              x,
              y: fitted,
              line: { color: colour.exact },
            },
          ]
        : []),
    ],
    layout: layout(`lag (${time})`, titled("autocovariance", unit ? `${unit}²` : "")) as Figure["layout"],
  };
}

function kramersMoyalFigures({ analysis: { kramersMoyal: found }, unit }: ShownTrace): Figure[] {
  if (found.values.length === 0) return [];
  const lags = `Extrapolated to zero lag from ${found.lags.length} lags up to ${readable(found.lags[found.lags.length - 1])} s, with one standard error; white noise of the samples drops out.`;
  const figure = (
    title: string,
    caption: string,
    axis: string,
    y: readonly number[],
    errors: readonly number[],
  ): Figure => ({
    title,
    caption: `${caption} ${lags}`,
    data: [
      {
        type: "scatter",
        mode: "markers",
        name: title,
        x: found.values,
        y,
        error_y: { type: "data", array: errors, color: colour.ensemble },
        marker: { color: colour.ensemble, size: 6 },
      },
    ],
    layout: layout(titled("signal", unit), axis) as Figure["layout"],
  });
  return [
    figure(
      "Drift of the signal",
      "First Kramers–Moyal coefficient ⟨x(t+τ) − x⟩/τ against x.",
      `D1 (${unit ? `${unit}/s` : "1/s"})`,
      found.drift,
      found.driftError,
    ),
    figure(
      "Diffusion of the signal",
      "Second Kramers–Moyal coefficient ⟨(x(t+τ) − x)²⟩/2τ against x. At a level from which the signal jumps it is half the rate times the squared step.",
      `D2 (${unit ? `${unit}²/s` : "1/s"})`,
      found.diffusion,
      found.diffusionError,
    ),
  ];
}
