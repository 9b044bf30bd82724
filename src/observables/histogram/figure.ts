import { densityFigures } from "../../figures/density.ts";
import type { Figure } from "../../figures/figure.ts";
import { sphereMapFigures } from "../../figures/sphere-map.ts";
import type { HistogramResult } from "./result.ts";

/** A histogram against its exact density, and the difference in standard errors. */
export function histogramFigures(histogram: HistogramResult, timeUnit: string): Figure[] {
  if (histogram.columnEdges) return sphereMapFigures(histogram, timeUnit);
  const of = histogram.name.replace(/^histogram of /, "");
  // a formula of the resistance may have any unit; a number tells several distributions apart
  const isResistance = of.replace(/ \(\d+\)$/, "") === "resistance";
  return densityFigures(of, histogram, timeUnit, isResistance ? "Ω" : "");
}
