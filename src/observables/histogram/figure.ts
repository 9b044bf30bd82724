import { densityFigures } from "../../figures/density.ts";
import type { Figure } from "../../figures/figure.ts";
import { sphereMapFigures } from "../../figures/sphere-map.ts";
import type { HistogramResult } from "./result.ts";

/** A histogram against its exact density, and the difference in standard errors. */
export function histogramFigures(histogram: HistogramResult, timeUnit: string): Figure[] {
  if (histogram.columnEdges) return sphereMapFigures(histogram, timeUnit);
  const of = histogram.name.replace(/^histogram of /, "");
  return densityFigures(of, histogram, timeUnit, /^resistance\b/.test(of) ? "Ω" : "");
}
