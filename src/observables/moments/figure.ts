import type { Figure } from "../../figures/figure.ts";
import { curveColours, layout, scaleFor } from "../../figures/figure.ts";
import type { ExactBase } from "../../result-parts.ts";
import type { MomentsResult } from "./result.ts";

const names = ["⟨mx⟩", "⟨my⟩", "⟨mz⟩"];
const squares = ["⟨mx²⟩", "⟨my²⟩", "⟨mz²⟩"];

/** Mean magnetization (or its squares) against time: points with two standard errors, exact curves. */
function trace(
  moments: MomentsResult,
  exact: ExactBase | null,
  timeUnit: string,
  which: { names: readonly string[]; found: "m" | "mm"; error: "mStandardError" | "mmStandardError" },
): Figure["data"] {
  const [factor] = scaleFor(moments.times, timeUnit);
  const times = moments.times.map((t) => t * factor);
  return which.names.flatMap((name, i) => {
    const color = curveColours[i];
    const points = {
      type: "scatter",
      mode: "markers",
      name,
      x: times,
      y: moments[which.found].map((row) => row[i]),
      error_y: {
        type: "data",
        array: moments[which.error].map((row) => 2 * row[i]),
        thickness: 1,
        width: 0,
        color,
      },
      marker: { size: 6, color },
    };
    const evolution = exact?.evolution;
    if (!evolution || evolution.length === 0) return [points];
    const curve = {
      type: "scatter",
      mode: "lines",
      name: `${name} exact`,
      x: evolution.map((row) => row.time * factor),
      y: evolution.map((row) => row[which.found][i]),
      line: { color, width: 1.5 },
    };
    return [curve, points];
  });
}

/** Two figures: first and second moments against time. */
export function momentsFigures(moments: MomentsResult, exact: ExactBase | null, timeUnit: string): Figure[] {
  const [, unit] = scaleFor(moments.times, timeUnit);
  const caption = "Points: ensemble, bars of two standard errors. Lines: Fokker–Planck equation.";
  const figure = (title: string, y: string, data: Figure["data"]): Figure => ({
    title,
    caption,
    data,
    layout: layout(`time (${unit})`, y) as Figure["layout"],
  });
  return [
    figure(
      "Mean magnetization",
      "mean of m (1)",
      trace(moments, exact, timeUnit, { names, found: "m", error: "mStandardError" }),
    ),
    figure(
      "Second moments",
      "mean of the square (1)",
      trace(moments, exact, timeUnit, { names: squares, found: "mm", error: "mmStandardError" }),
    ),
  ];
}
