import type { Figure } from "../figures/figure.ts";
import { colour, curveColours, layout, scaleFor, titled } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import { largest } from "../numerics/extremes.ts";
import type { TraceAnalysis } from "../traces/analysis.ts";
import { dwellTimesFigure, type ExactDwells } from "./dwell-times-figure.ts";
import type { ShownTrace } from "./shown-trace.ts";
import { signalFigures } from "./signal-figures.ts";

function excerptFigure({ analysis: { excerpt, baseline }, unit }: ShownTrace): Figure {
  const [factor, time] = scaleFor(excerpt.times, "s");
  const x = excerpt.times.map((t) => t * factor);
  return {
    title: "The trace and its levels",
    caption: `The start of the trace${baseline ? ", less drift and mains," : ""} and the most probable level at every sample, given the whole trace.`,
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "measured",
        x,
        y: excerpt.values,
        line: { color: colour.faint, width: 1 },
      },
      {
        type: "scatter",
        mode: "lines",
        name: "level",
        x,
        y: excerpt.level,
        line: { color: colour.exact, width: 2, shape: "hv" },
      },
    ],
    layout: layout(`time (${time})`, titled("signal", unit)) as Figure["layout"],
  };
}

function driftFigure({ analysis: { baseline }, unit }: ShownTrace): Figure[] {
  if (!baseline?.drift) return [];
  const { times, values, scale } = baseline.drift;
  const [factor, time] = scaleFor(times, "s");
  return [
    {
      title: "Removed drift",
      caption: `The smooth function that was subtracted from the signal, relative to its mean; knots ${readable(scale)} s apart.`,
      data: [
        {
          type: "scatter",
          mode: "lines",
          name: "drift",
          x: times.map((t) => t * factor),
          y: values,
          line: { color: colour.exact },
        },
      ],
      layout: layout(`time (${time})`, titled("drift", unit)) as Figure["layout"],
    },
  ];
}

function histogramFigure({ analysis, unit }: ShownTrace): Figure {
  const { centres, counts } = analysis.histogram;
  return {
    title: "Values of the signal",
    caption: "Number of samples at each value, with the levels as lines.",
    data: [
      { type: "bar", x: centres, y: counts, name: "samples", marker: { color: colour.ensemble } },
      ...analysis.levels.map(({ value }) => ({
        type: "scatter",
        mode: "lines",
        x: [value, value],
        y: [0, largest(counts)],
        name: `level ${readable(value)}`,
        line: { color: colour.exact, dash: "dash" },
      })),
    ],
    layout: layout(titled("signal", unit), "samples") as Figure["layout"],
  };
}

/** Meaning of the line in a spectrum; undefined if none is drawn. */
function spectrumLine({ instrument }: TraceAnalysis): string | undefined {
  if (instrument?.noise) return undefined;
  const filter = instrument?.response ? "one pole of the same mean delay as the response" : "the pole";
  return `telegraph noise with the fitted rates, filtered by ${filter}, plus white noise`;
}

function spectrumFigure({ analysis, unit }: ShownTrace): Figure {
  const { spectrum, bandwidth, noise, sampleTime } = analysis;
  const line = spectrumLine(analysis);
  const [frequencies, power] = [spectrum.frequencies.slice(1), spectrum.oneSidedPower.slice(1)];
  const { lorentzian } = spectrum;
  const fitted = frequencies.map((f) => {
    if (!lorentzian || !line) return null;
    const filter = bandwidth ? 1 / (1 + (f / bandwidth.value) ** 2) : 1;
    return (lorentzian.plateau * filter) / (1 + (f / lorentzian.corner) ** 2) + 2 * noise ** 2 * sampleTime;
  });
  return {
    title: "Power spectrum",
    caption: `Welch's estimate. ${line ? `Line: ${line}.` : "No line is drawn: noise that is not white would add to it."}`,
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "measured",
        x: frequencies,
        y: power,
        line: { color: colour.ensemble, width: 1 },
      },
      {
        type: "scatter",
        mode: "lines",
        name: "fitted rates",
        x: frequencies,
        y: fitted,
        line: { color: colour.exact },
      },
    ],
    layout: layout("frequency (Hz)", titled("one-sided power", unit ? `${unit}²/Hz` : "1/Hz"), {
      x: { type: "log" },
      y: { type: "log" },
    }) as Figure["layout"],
  };
}

function steadinessFigure({ analysis: { stationarity } }: ShownTrace): Figure {
  const rates = stationarity.filter(({ parameter }) => parameter.startsWith("ln rate"));
  return {
    title: "Steadiness along the trace",
    caption:
      "Logarithm of each rate in parts of the trace over that of the whole trace, with one standard error.",
    data: rates.map(({ parameter, course, courseError }, i) => ({
      type: "scatter",
      mode: "markers",
      name: parameter,
      x: course.map((_, i) => (i + 0.5) / course.length),
      y: course,
      error_y: { type: "data", array: courseError, color: curveColours[i % curveColours.length] },
      marker: { color: curveColours[i % curveColours.length], size: 6 },
    })),
    layout: layout("place in the trace", "ln rate − mean") as Figure["layout"],
  };
}

/** All figures of one trace; that of its dwell times has the exact law if there is one. */
export const traceFigures = (trace: ShownTrace, exact: ExactDwells | null = null): Figure[] => [
  excerptFigure(trace),
  ...driftFigure(trace),
  ...dwellTimesFigure(trace.analysis, exact),
  histogramFigure(trace),
  spectrumFigure(trace),
  ...signalFigures(trace),
  steadinessFigure(trace),
];
