import { densityFigures } from "../../figures/density.ts";
import type { Figure } from "../../figures/figure.ts";
import { sphereMapFigures } from "../../figures/sphere-map.ts";
import type { HistogramResult } from "./result.ts";

/** A histogram against its exact density, and the difference in standard errors. */
export const histogramFigures = (histogram: HistogramResult, timeUnit: string): Figure[] =>
  histogram.columnEdges
    ? sphereMapFigures(histogram, timeUnit)
    : densityFigures(histogram.name.replace(/^histogram of /, ""), histogram, timeUnit);
