import type { FigureScheme } from "../../src/figures/schemes.ts";

/** Colours of the page as the plots need them: categories after Okabe and Ito, safe for colour-blind eyes. */
export interface PlotTheme extends FigureScheme {
  readonly surface: string;
  readonly good: string;
  readonly bad: string;
}

let known: PlotTheme | undefined;
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  known = undefined;
});

/**
 * The colours of the current scheme. They are read once, because reading a style makes the browser compute all of them.
 */
export function plotTheme(): PlotTheme {
  known ??= readTheme();
  return known;
}

function readTheme(): PlotTheme {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of("ink"),
    soft: of("ink-soft"),
    line: of("line"),
    surface: of("surface"),
    bar: of("plot-bar"),
    exact: of("plot-exact"),
    mx: of("plot-mx"),
    my: of("plot-my"),
    mz: of("plot-mz"),
    good: of("good"),
    bad: of("bad"),
  };
}

type Axis = Readonly<Record<string, unknown>>;

/** Decades of a logarithmic axis that has ticks at 1, 2 and 5: with one at each digit their names touch. */
const fewDecades = [0.5, 2.5] as const;

/** Ticks of a logarithmic axis of few decades. */
function fewTicks({ type, range }: Axis): object {
  const [low, high] = (range as readonly number[] | undefined) ?? [0, 0];
  const span = high - low;
  return type === "log" && span > fewDecades[0] && span < fewDecades[1] ? { dtick: "D2" } : {};
}

/** Axes, fonts and margins that all plots share. */
export function baseLayout(theme: PlotTheme, x: Axis, y: Axis, rest: object = {}): object {
  const axis = (given: Axis) => ({
    gridcolor: theme.line,
    linecolor: theme.soft,
    zerolinecolor: theme.line,
    tickcolor: theme.soft,
    showline: true,
    mirror: false,
    ticks: "outside",
    ticklen: 4,
    automargin: true,
    exponentformat: "power",
    ...fewTicks(given),
    ...given,
    title: { text: given.title, standoff: 8, font: { size: 13 } },
  });
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: "system-ui, sans-serif", size: 12, color: theme.ink },
    margin: { l: 58, r: 14, t: 8, b: 44 },
    showlegend: true,
    legend: { orientation: "h", x: 0, y: 1.02, xanchor: "left", yanchor: "bottom", font: { size: 12 } },
    hovermode: "closest",
    bargap: 0.04,
    uirevision: "keep",
    xaxis: axis(x),
    yaxis: axis(y),
    ...rest,
  };
}
