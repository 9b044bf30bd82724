import { magnetization } from "../../expression/vector.ts";
import type { Figure } from "../../figures/figure.ts";
import { colour, curveColours, layout, scaleFor } from "../../figures/figure.ts";
import { readable } from "../../figures/readable.ts";
import { largest, smallest } from "../../numerics/extremes.ts";
import type { ResultBase } from "../../result-parts.ts";
import type { TrajectoryResult } from "./result.ts";

/** Most traces, and most points of each: more are not visible. */
const drawnSpins = 4;
const drawnPoints = 4000;

/**
 * The component that distinguishes the two states, else the one whose course in time another observable uses, else mz.
 */
function componentOf({ experiment: { observables } }: ResultBase): number {
  const levels = observables.find((written) => "up" in written);
  const sampled = observables.find((written) => "sampleEvery" in written);
  const found = /\bm([xyz])\b/.exec(String(levels?.up ?? sampled?.of ?? ""));
  return found ? "xyz".indexOf(found[1]) : 2;
}

/**
 * The quantity drawn: samples of an instrument replace the measured quantity, and the resistance replaces a component
 * of m.
 */
function quantityOf(whole: ResultBase, { m, resistance, signal, signalOf }: TrajectoryResult) {
  const component = componentOf(whole);
  const measured = signal ?? resistance;
  const isOhms = signal ? signalOf === "resistance" : resistance !== undefined;
  const rows = measured ?? m.map((points) => points.map((point) => point[component]));
  const [factor, unit] = isOhms ? scaleFor(rows.flat(), "Ω") : [1, ""];
  const name = isOhms ? `resistance (${unit})` : (signalOf ?? magnetization[component]);
  const spins = rows.slice(0, drawnSpins).map((row) => row.map((value) => value * factor));
  return { name, factor, spins, isMeasured: measured !== undefined };
}

/**
 * Range of all strips, from the smallest to the largest value, so that small deviations of m are visible and distinct
 * from reversals.
 */
function rangeOf(spins: readonly (readonly number[])[], isMeasured: boolean): readonly [number, number] {
  const [low, high] = spins.reduce(
    ([low, high], row) => [Math.min(low, smallest(row)), Math.max(high, largest(row))],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  if (isMeasured) {
    const room = 0.06 * (high - low) || 0.5 * Math.abs(high) || 0.5;
    return [low - room, high + room];
  }
  const most = Math.max(Math.abs(low), Math.abs(high));
  const reach = most < 0.6 ? 1.1 * most : 1.08;
  return [-reach, reach];
}

/** An outline for each series of records at the upper level, from the bottom to the top of a strip. */
function upperStretches(
  x: readonly number[],
  states: readonly number[],
  [low, high]: readonly [number, number],
): { x: (number | null)[]; y: (number | null)[] } {
  const outline = { x: [] as (number | null)[], y: [] as (number | null)[] };
  for (let i = 0; i < states.length; ) {
    let end = i;
    while (end < states.length && states[end] === states[i]) end++;
    if (states[i] === 1) {
      const to = x[Math.min(end, x.length - 1)];
      outline.x.push(x[i], to, to, x[i], null);
      outline.y.push(low, low, high, high, null);
    }
    i = end;
  }
  return outline;
}

const bins = 48;

/** The outline of a horizontal histogram: shares of the largest bin along x. */
function sideHistogram(
  values: readonly number[],
  [low, high]: readonly [number, number],
): { x: number[]; y: number[] } {
  const counts = new Array<number>(bins).fill(0);
  const width = (high - low) / bins;
  for (const value of values) counts[Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width)))]++;
  const most = largest(counts);
  return {
    x: [0, ...counts.flatMap((count) => [count / most, count / most]), 0],
    y: [low, ...counts.flatMap((_, i) => [low + i * width, low + (i + 1) * width]), high],
  };
}

/** Curves of every spin: a trace against time, shaded intervals, thresholds, and a histogram at the side. */
interface Drawn {
  readonly x: readonly number[];
  /** Points of the trace that are drawn. */
  readonly kept: readonly number[];
  readonly range: readonly [number, number];
  /** In units of the trace. */
  readonly thresholds: readonly number[];
  readonly states: TrajectoryResult["states"];
}

const fill = { type: "scatter", mode: "lines", fill: "toself", line: { width: 0 }, hoverinfo: "skip" };

/** The curves of one spin. */
function curvesOf(
  row: readonly number[],
  k: number,
  { x, kept, range, thresholds, states }: Drawn,
): Figure["data"] {
  const yaxis = k === 0 ? "y" : `y${k + 1}`;
  const shaded = states?.[k] && {
    ...fill,
    ...upperStretches(x, states[k], range),
    name: `spin ${k + 1} up`,
    yaxis,
    fillcolor: colour.band,
    showlegend: false,
  };
  return [
    ...(shaded ? [shaded] : []),
    ...thresholds.map((level) => ({
      type: "scatter",
      mode: "lines",
      name: `threshold ${readable(level)}`,
      x: [0, x[x.length - 1]],
      y: [level, level],
      yaxis,
      line: { color: colour.grey, width: 1, dash: "dash" },
      showlegend: false,
      hoverinfo: "skip",
    })),
    {
      type: "scatter",
      mode: "lines",
      name: `spin ${k + 1}`,
      x: kept.map((i) => x[i]),
      y: kept.map((i) => row[i]),
      yaxis,
      line: { color: curveColours[0], width: 0.9 },
      showlegend: false,
    },
    {
      ...fill,
      ...sideHistogram(row, range),
      name: `spin ${k + 1}, share of time`,
      xaxis: "x2",
      yaxis,
      fillcolor: colour.ensemble,
      showlegend: false,
    },
  ];
}

/** Axes of so many traces, one under the other. */
function axesOf(count: number, range: readonly [number, number]): Readonly<Record<string, object>> {
  const share = 1 / count;
  return Object.fromEntries(
    Array.from({ length: count }, (_, k) => [
      k === 0 ? "yaxis" : `yaxis${k + 1}`,
      {
        domain: [1 - (k + 1) * share + 0.03, 1 - k * share],
        zeroline: false,
        gridcolor: "#e5e5e5",
        linecolor: "#555",
        ticks: "outside",
        nticks: 4,
        automargin: true,
        title: { text: `spin ${k + 1}`, font: { size: 12 } },
        range,
      },
    ]),
  );
}

/**
 * Telegraph traces of the recorded spins, one under the other: the resistance where there is a readout. Shaded where a spin is up; at the
 * side the share of time at each value.
 */
export function trajectoryFigures(result: ResultBase, trajectory: TrajectoryResult): Figure[] {
  const { times, m, signal, states, thresholds = [] } = trajectory;
  if (times.length < 2 || m.length === 0) return [];
  const { name, factor, spins, isMeasured } = quantityOf(result, trajectory);
  const [timeFactor, unit] = scaleFor(times, result.provenance.timeUnit);
  const stride = Math.ceil(times.length / drawnPoints);
  const range = rangeOf(spins, isMeasured);
  const drawn: Drawn = {
    x: times.map((t) => t * timeFactor),
    kept: times.flatMap((_, i) => (i % stride === 0 ? [i] : [])),
    range,
    thresholds: thresholds.map((level) => level * factor),
    states,
  };
  const base = layout(`time (${unit})`, "") as { readonly xaxis: object };
  const anchor = spins.length > 1 ? `y${spins.length}` : "y";
  const words = [
    `The recorded spins, one under the other${signal ? ", as the instrument samples them" : ""}`,
    ...(thresholds.length > 0 ? ["dashed: the thresholds of the two levels"] : []),
    ...(states ? ["shaded: up"] : []),
    "at the side: the share of time at each value",
    ...(stride > 1 ? [`every ${stride}th point is drawn`] : []),
  ];
  return [
    {
      title: `Traces: ${name}`,
      caption: `${words.join("; ")}.`,
      data: spins.flatMap((row, k) => curvesOf(row, k, drawn)),
      layout: {
        ...base,
        xaxis: { ...base.xaxis, anchor, domain: [0, 0.87] },
        xaxis2: {
          ...base.xaxis,
          anchor,
          domain: [0.89, 1],
          range: [0, 1.05],
          title: { text: "share" },
          showticklabels: false,
          showgrid: false,
          ticks: "",
        },
        ...axesOf(spins.length, range),
        height: 110 + 100 * spins.length,
      },
    },
  ];
}
