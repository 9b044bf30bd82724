import type { Figure } from "../figures/figure.ts";
import { colour, layout, scaleFor } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import type { ExperimentFit } from "../run/fit.ts";
import type { TraceAnalysis } from "../traces/analyse.ts";
import type { TraceSweep } from "../traces/sweep.ts";
import { fitFigures, fitHead } from "./fit.ts";
import { htmlPage } from "./page.ts";
import { escapeHtml, table } from "./text.ts";

/** What is reported of one trace. */
export interface ShownTrace {
  readonly file: string;
  readonly column: string;
  readonly unit: string;
  readonly analysis: TraceAnalysis;
}

const axisText = (name: string, unit: string): string => (unit ? `${name} (${unit})` : name);

function excerptFigure({ analysis: { excerpt }, unit }: ShownTrace): Figure {
  const [factor, time] = scaleFor(excerpt.times, "s");
  const x = excerpt.times.map((t) => t * factor);
  return {
    title: "The trace and its levels",
    caption: "The start of the trace, and the most probable level at every sample, given the whole trace.",
    data: [
      {
        type: "scattergl",
        mode: "lines",
        name: "measured",
        x,
        y: excerpt.values,
        line: { color: colour.faint, width: 1 },
      },
      {
        type: "scattergl",
        mode: "lines",
        name: "level",
        x,
        y: excerpt.level,
        line: { color: colour.exact, width: 2, shape: "hv" },
      },
    ],
    layout: layout(`time (${time})`, axisText("signal", unit)) as Figure["layout"],
  };
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
        y: [0, Math.max(...counts)],
        name: `level ${readable(value)}`,
        line: { color: colour.exact, dash: "dash" },
      })),
    ],
    layout: layout(axisText("signal", unit), "samples") as Figure["layout"],
  };
}

function spectrumFigure({ analysis: { spectrum, bandwidth, noise, sampleTime }, unit }: ShownTrace): Figure {
  const [frequencies, power] = [spectrum.frequencies.slice(1), spectrum.oneSidedPower.slice(1)];
  const { lorentzian } = spectrum;
  const fitted = frequencies.map((f) => {
    if (!lorentzian) return null;
    const filter = bandwidth ? 1 / (1 + (f / bandwidth.value) ** 2) : 1;
    return (lorentzian.plateau * filter) / (1 + (f / lorentzian.corner) ** 2) + 2 * noise ** 2 * sampleTime;
  });
  return {
    title: "Power spectrum",
    caption:
      "Welch's estimate. Line: telegraph noise with the fitted rates, filtered by the pole, plus white noise.",
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
    layout: layout("frequency (Hz)", axisText("one-sided power", unit ? `${unit}²/Hz` : "1/Hz"), {
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
    data: rates.map(({ parameter, course, courseError }) => ({
      type: "scatter",
      mode: "markers",
      name: parameter,
      x: course.map((_, i) => (i + 0.5) / course.length),
      y: course,
      error_y: { type: "data", array: courseError },
    })),
    layout: layout("place in the trace", "ln rate − mean") as Figure["layout"],
  };
}

function head(trace: ShownTrace): string {
  const { analysis: a, unit } = trace;
  const side = (name: "up" | "down"): string[] => [
    `mean dwell ${name} (s)`,
    `${readable(a.dwell[name].mean)} (${readable(a.dwell[name].low)} … ${readable(a.dwell[name].high)}), ${a.dwell[name].count} dwells`,
    readable(a.threshold[name]),
    readable(a.hysteresis[name]),
  ];
  const rows = [
    side("up"),
    side("down"),
    ...a.levels.map((l, i) => [
      axisText(`level ${i}`, unit),
      `${readable(l.value)} ± ${readable(l.standardError)}, occupied ${readable(l.occupation)}`,
      "—",
      "—",
    ]),
    [axisText("noise", unit), readable(a.noise), "—", "—"],
    ["bandwidth (Hz)", a.bandwidth ? readable(a.bandwidth.value) : "none", "—", "—"],
    ["corner of the Lorentzian (Hz)", readable(a.spectrum.lorentzian?.corner), "—", "—"],
    ...a.exponentiality.map((e) => [
      `exponential dwells, ${e.level} (${e.test})`,
      e.pValue === null ? (e.reason ?? "—") : `p = ${readable(e.pValue)}`,
      "—",
      "—",
    ]),
  ];
  const warnings = a.warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join("");
  return `<section><h2>${escapeHtml(`${trace.file}, ${trace.column}`)}</h2>${table(
    ["quantity", "likelihood", "one threshold", "thresholds at ¼ and ¾"],
    rows,
  )}${warnings ? `<h3>Warnings</h3><ul>${warnings}</ul>` : ""}</section>`;
}

/** τ against the swept value, and the logarithm of their ratio with the fitted sigmoid. */
function sweepFigures({ points, sigmoid }: TraceSweep, swept: string): Figure[] {
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

/** Traces, with their sweep and the model fitted to it, as one self-contained HTML page. */
export function tracesHtml(
  shown: {
    readonly traces: readonly ShownTrace[];
    readonly sweep?: TraceSweep | undefined;
    readonly swept?: string | undefined;
    readonly fit?: ExperimentFit | undefined;
  },
  plotly: string,
): string {
  const { traces, sweep, swept = "value", fit } = shown;
  const figures = [
    ...(sweep ? sweepFigures(sweep, swept) : []),
    ...(fit ? fitFigures(fit) : []),
    ...traces.flatMap((trace) =>
      [excerptFigure, histogramFigure, spectrumFigure, steadinessFigure]
        .slice(0, traces.length > 4 ? 1 : 4)
        .map((make) => {
          const figure = make(trace);
          return traces.length > 1
            ? { ...figure, title: `${figure.title}: ${trace.file}, ${trace.column}` }
            : figure;
        }),
    ),
  ];
  const title = traces.length === 1 ? `Trace: ${traces[0].file}` : `${traces.length} traces`;
  const model = fit ? fitHead(fit) : "";
  return htmlPage({ title, head: `${model}${traces.map(head).join("\n")}`, figures, tail: "" }, plotly);
}
