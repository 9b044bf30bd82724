import { readable } from "../figures/readable.ts";
import type { ShownTrace } from "./trace-figures.ts";
import { axisText } from "./trace-figures.ts";

/** What stands over the columns of the rows. */
export const traceColumns = [
  "quantity",
  "likelihood, 95 % interval",
  "one threshold",
  "thresholds at ¼ and ¾",
] as const;

/** Dwell times, levels, noise and tests of a trace as rows of text. */
export function traceRows({ analysis: a, unit }: ShownTrace): string[][] {
  const side = (name: "up" | "down"): string[] => [
    `mean dwell ${name} (s)`,
    `${readable(a.dwell[name].mean)} (${readable(a.dwell[name].low)} … ${readable(a.dwell[name].high)}), ${a.dwell[name].count} dwells`,
    readable(a.threshold[name]),
    readable(a.hysteresis[name]),
  ];
  return [
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
}
