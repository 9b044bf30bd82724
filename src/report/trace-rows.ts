import { scaleFor, titled } from "../figures/figure.ts";
import { readable, withError } from "../figures/readable.ts";
import { largest, smallest } from "../numerics/extremes.ts";
import type { TraceAnalysis } from "../traces/analysis.ts";
import type { ShownTrace } from "./shown-trace.ts";

/** Headings of the columns. */
export const traceColumns = [
  "quantity",
  "likelihood, 95 % interval",
  "one threshold",
  "thresholds at ¼ and ¾",
] as const;

/** Dwell times, levels, noise and tests of a trace as rows of text. */
export function traceRows({ analysis: a, unit }: ShownTrace): string[][] {
  const [factor, time] = scaleFor([a.dwell.up.mean, a.dwell.down.mean], "s");
  const scaled = (value: number | null): string =>
    value === null ? "—" : readable(Number((value * factor).toPrecision(4)));
  const side = (name: "up" | "down"): string[] => [
    `mean dwell ${name} (${time})`,
    `${scaled(a.dwell[name].mean)} (${scaled(a.dwell[name].low)} … ${scaled(a.dwell[name].high)}), ${a.dwell[name].count} dwells`,
    scaled(a.threshold[name]),
    scaled(a.hysteresis[name]),
  ];
  return [
    side("up"),
    side("down"),
    ...a.levels.map((l, i) => [
      titled(`level ${i}`, unit),
      `${withError(l.value, l.standardError)}, occupied ${readable(l.occupation)}`,
      "—",
      "—",
    ]),
    [titled("noise", unit), noiseText(a), "—", "—"],
    ["bandwidth (Hz)", bandwidthText(a.bandwidth), "—", "—"],
    ...instrumentRows(a).map((row) => [...row, "—", "—"]),
    ...baselineRows(a.baseline, unit).map((row) => [...row, "—", "—"]),
    ["corner of the Lorentzian (Hz)", readable(a.spectrum.lorentzian?.corner), "—", "—"],
    ...a.exponentiality.map((e) => [
      `exponential dwells, ${e.level} (${e.test})`,
      e.pValue === null ? (e.reason ?? "—") : `p = ${readable(e.pValue)}`,
      "—",
      "—",
    ]),
  ];
}

/** The noise, for each level if they differ, and its law unless it is normal. */
export const noiseText = ({ noise, noiseLaw: { perLevel, degreesOfFreedom } }: TraceAnalysis): string =>
  `${readable(noise)}${perLevel ? ` (from the lowest level up: ${perLevel.map((value) => readable(value)).join(", ")})` : ""}${degreesOfFreedom === null ? "" : `, scale of Student's law with ${readable(degreesOfFreedom)} degrees of freedom`}`;

/** The given bandwidth, or the fitted one. */
export const bandwidthText = (bandwidth: TraceAnalysis["bandwidth"]): string =>
  bandwidth === null
    ? "none: levels taken as unfiltered"
    : bandwidth.given
      ? readable(bandwidth.value)
      : `${readable(bandwidth.value)} (${readable(bandwidth.low)} … ${readable(bandwidth.high)}), from the trace`;

/** The given response and noise. */
export const instrumentRows = ({ instrument }: TraceAnalysis): [string, string][] => [
  ...(instrument?.response ? [["response", instrument.response] satisfies [string, string]] : []),
  ...(instrument?.noise ? [["noise with the spectrum of", instrument.noise] satisfies [string, string]] : []),
];

/** The removed baseline as rows of name and text. */
export function baselineRows(baseline: TraceAnalysis["baseline"], unit: string): [string, string][] {
  const { mains, drift } = baseline ?? { mains: null, drift: null };
  const rows: [string, string][] = [];
  if (mains)
    rows.push([
      titled("removed line", unit),
      `${readable(mains.frequency)} Hz, amplitude ${readable(mains.amplitudes[0])}, harmonics ${mains.amplitudes
        .slice(1)
        .map((amplitude) => readable(amplitude))
        .join(", ")}`,
    ]);
  if (drift)
    rows.push([
      titled("removed drift", unit),
      `${readable(smallest(drift.values))} … ${readable(largest(drift.values))} about its mean, over ${readable(drift.scale)} s or more`,
    ]);
  return rows;
}
