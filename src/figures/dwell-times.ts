import type { Figure } from "./figure.ts";
import { layout } from "./figure.ts";

/** A law or counts of dwell times over bins, in the unit of the axis, as probability per decade. */
export interface DwellTimes {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Counts with one standard error. */
export const dwellPoints = (
  { name, x, y }: DwellTimes,
  error: readonly number[],
  color: string,
): Figure["data"][number] => ({
  type: "scatter",
  mode: "markers",
  name,
  x,
  y,
  error_y: { type: "data", array: error, thickness: 1, width: 0, color },
  marker: { size: 6, color },
});

/** A law, taken over each bin as the counts are. */
export const dwellLaw = ({ name, x, y }: DwellTimes, line: object): Figure["data"][number] => ({
  type: "scatter",
  mode: "lines",
  name,
  x,
  y,
  line: { width: 1.6, ...line },
});

/** Dwell times of an ensemble or of a trace. `words` follow those that all such figures have. */
export const dwellTimesOf = (title: string, words: string, data: Figure["data"], unit: string): Figure => ({
  title,
  caption: `Probability of a dwell time per decade, with one standard error. ${words}`,
  data,
  layout: layout(`dwell time (${unit})`, "probability per decade", {
    x: { type: "log" },
    y: { rangemode: "tozero" },
  }) as Figure["layout"],
});
