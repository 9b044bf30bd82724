import type { Figure } from "../figures/figure.ts";
import { colour, curveColours, layout, titled } from "../figures/figure.ts";
import { readable, withError } from "../figures/readable.ts";
import { sideShareTitle } from "../figures/side-share.ts";
import type { ExperimentFit } from "../run/fit.ts";
import type { Measurable } from "../run/measurement.ts";
import type { TraceLikelihoodFit } from "../run/trace-likelihood-fit.ts";
import { counted } from "../statistics/certificate.ts";
import { standardErrorsFor } from "../statistics/normal.ts";

/** A fit to dwell times, and, if requested, the fit to the traces themselves; null if that was stopped. */
export interface TracesFit extends ExperimentFit {
  readonly likelihood?: TraceLikelihoodFit | null;
}

/** A measurement and its value in a model; null if the model has none. */
type ComparedPoint = Omit<ExperimentFit["points"][number], "fitted" | "residual"> & {
  readonly fitted: number | null;
};

const names: Readonly<Record<Measurable, string>> = { tau_up: "τ up", tau_down: "τ down", p_up: "up" };

/** The setting that changes between points. */
const variedIn = (points: readonly ComparedPoint[]): string | undefined =>
  [...new Set(points.flatMap((point) => Object.keys(point.settings)))].find(
    (name) => new Set(points.map((point) => point.settings[name])).size > 1,
  );

/** Points in the order of the changing setting, each with its place. */
function placed<Point extends ComparedPoint>(points: readonly Point[]): { x: number; point: Point }[] {
  const varied = variedIn(points);
  return points
    .map((point, i) => ({ x: varied ? point.settings[varied] : i, point }))
    .sort((a, b) => a.x - b.x);
}

/**
 * A line through the values of a model: one after the other for each set of the other settings, with a gap between
 * them, since a line across would have no meaning.
 */
function modelLine(own: readonly { readonly x: number; readonly point: ComparedPoint }[]): {
  readonly x: (number | null)[];
  readonly y: (number | null)[];
} {
  const varied = variedIn(own.map(({ point }) => point));
  const others = ({ point }: (typeof own)[number]): string =>
    JSON.stringify(Object.entries(point.settings).filter(([name]) => name !== varied));
  const lines = [...new Set(own.map(others))].map((key) => own.filter((one) => others(one) === key));
  const rows = lines.flatMap((line, i) => [
    ...(i > 0 ? [{ x: null, y: null }] : []),
    ...line.map(({ x, point }) => ({ x, y: point.fitted })),
  ]);
  return { x: rows.map(({ x }) => x), y: rows.map(({ y }) => y) };
}

const axisOf = (quantities: readonly Measurable[]): string =>
  [
    ...(quantities.some((quantity) => quantity !== "p_up") ? ["mean dwell time (s)"] : []),
    ...(quantities.includes("p_up") ? [sideShareTitle("up")] : []),
  ].join(", ");

type Units = ExperimentFit["units"];

const axisOfSetting = (points: readonly ComparedPoint[], units: Units): string => {
  const varied = variedIn(points);
  return varied === undefined ? "point" : titled(varied, units[varied] ?? "");
};

/**
 * Measurements with one standard error, and lines through the values of a model, against the first setting that
 * changes.
 */
export function measuredFigure(
  points: readonly ComparedPoint[],
  model: "fitted" | "exact",
  units: Units = {},
): Figure {
  const quantities = [...new Set(points.map((point) => point.quantity))];
  const all = placed(points);
  const isFit = model === "fitted";
  return {
    title: isFit ? "Measured and fitted" : "Measured and exact",
    caption: `Points: measurements with one standard error. Lines: exact values ${isFit ? "with the fitted parameters" : "of the experiment as it is"}.`,
    data: quantities.flatMap((quantity, k) => {
      const own = all.filter(({ point }) => point.quantity === quantity);
      const common = { type: "scatter", x: own.map(({ x }) => x) };
      const color = curveColours[k];
      return [
        {
          ...common,
          mode: "markers",
          name: names[quantity],
          y: own.map(({ point }) => point.measured),
          error_y: { type: "data", array: own.map(({ point }) => point.error), color },
          marker: { color, size: 7 },
        },
        ...(own.some(({ point }) => point.fitted !== null)
          ? [
              {
                type: "scatter",
                ...modelLine(own),
                mode: "lines",
                name: `${names[quantity]}, ${model}`,
                line: { color },
              },
            ]
          : []),
      ];
    }),
    layout: layout(axisOfSetting(points, units), axisOf(quantities), {
      y: { type: "log" },
    }) as Figure["layout"],
  };
}

/** χ or Φ with its band; empty if it is 0. */
function potentialFigure(
  { theta, settings }: NonNullable<ExperimentFit["potentials"]>,
  symbol: "χ" | "Φ",
  values: readonly number[],
  errors: readonly number[],
): Figure[] {
  if (values.every((value) => value === 0) && errors.every((error) => error === 0)) return [];
  const x = theta.map((angle) => (180 / Math.PI) * angle);
  const edge = (sign: number): number[] =>
    values.map((value, k) => value + sign * standardErrorsFor() * errors[k]);
  const where = Object.entries(settings).map(([path, value]) => `${path} = ${readable(value)}`);
  const line = { width: 0 };
  return [
    {
      title: `${symbol}(θ) of the torques`,
      caption: `With the fitted parameters${where.length > 0 ? ` at ${where.join(", ")}` : ""}, from +z over +x to −z, less the value at +x. Band: 95 %, from the covariance of the parameters.`,
      data: [
        { type: "scatter", mode: "lines", x, y: edge(-1), line, showlegend: false, hoverinfo: "skip" },
        {
          type: "scatter",
          mode: "lines",
          name: "95 % band",
          x,
          y: edge(1),
          line,
          fill: "tonexty",
          fillcolor: colour.band,
        },
        { type: "scatter", mode: "lines", name: symbol, x, y: values, line: { color: colour.exact } },
      ],
      layout: layout("θ (°)", `${symbol} (1/s)`) as Figure["layout"],
    },
  ];
}

/** Measured and fitted values, and residuals against the first setting that changes; the potentials of the torques. */
export function fitFigures({ points, units, potentials }: ExperimentFit): Figure[] {
  const all = placed(points);
  return [
    measuredFigure(points, "fitted", units),
    {
      title: "Residuals",
      caption: "Of the logarithm, in standard errors of each measurement.",
      data: [...new Set(points.map(({ quantity }) => quantity))].map((quantity, k) => {
        const own = all.filter(({ point }) => point.quantity === quantity);
        return {
          type: "scatter",
          mode: "markers",
          name: names[quantity],
          x: own.map(({ x }) => x),
          y: own.map(({ point }) => point.residual),
          marker: { color: curveColours[k], size: 7 },
        };
      }),
      layout: layout(axisOfSetting(points, units), "residual (standard errors)", {
        rest: { height: 280 },
      }) as Figure["layout"],
    },
    ...(potentials
      ? [
          ...potentialFigure(potentials, "χ", potentials.chi, potentials.chiError),
          ...potentialFigure(potentials, "Φ", potentials.phi, potentials.phiError),
        ]
      : []),
  ];
}

/** Parameters with their 95 % intervals as rows of text. */
export const fitRows = (fit: ExperimentFit): [string, string, string][] =>
  fit.names.map((name, i) => {
    const interval = fit.intervals[i];
    return [
      titled(name, fit.units[name] ?? ""),
      withError(fit.values[i], fit.standardErrors[i]),
      interval ? `${readable(interval.low)} … ${readable(interval.high)}` : "—",
    ];
  });

/** The same for the fit to the traces themselves. */
export const likelihoodRows = ({ likelihood, units }: TracesFit): [string, string, string][] =>
  likelihood
    ? likelihood.names.map((name, i) => {
        const { value, low, high } = likelihood.intervals[i];
        return [
          titled(name, units[name] ?? ""),
          withError(value, likelihood.standardErrors[i]),
          `${readable(low)} … ${readable(high)}`,
        ];
      })
    : [];

/** "1 degree of freedom". */
export const freedom = (degrees: number): string => `${counted(degrees, "degree")} of freedom`;

/** The test of the model by the likelihood, as text. */
export const ratioText = ({ ratio, settled }: TraceLikelihoodFit): string =>
  [
    `likelihood ratio against free rates ${readable(ratio.statistic)} with ${freedom(ratio.degreesOfFreedom)}, p ${readable(ratio.pValue)}`,
    ...(settled ? [] : ["the likelihood was still rising when the search ended"]),
  ].join("; ");

/** Intervals from the profile of chi-squared by parameter, as rows of text below those of `fitRows`. */
export const profileRows = ({ profile, names }: ExperimentFit): string[][] =>
  (profile ?? []).flatMap((interval, i) =>
    interval ? [[names[i], "", `profile: ${readable(interval.low)} … ${readable(interval.high)}`]] : [],
  );
