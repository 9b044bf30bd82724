import { dot, m, vector } from "../../expression/vector.ts";
import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedHistogram } from "./count.ts";
import { instrument } from "./count.ts";
import { histogramFigures } from "./figure.ts";
import type { HistogramResult } from "./result.ts";
import { missing, result } from "./result.ts";
import type { PlannedHistogram } from "./spec.ts";
import { spec } from "./spec.ts";

export const histogram: Observable<
  PlannedHistogram,
  ObservedHistogram,
  never,
  never,
  HistogramResult,
  typeof spec.shape
> = {
  ...spec,
  view: "distribution",
  instrument,
  sight: {
    quantities({ binning }) {
      if (binning.kind === "projection") return [dot(m, vector(...binning.axis))];
      return binning.kind === "expression" ? [binning.of] : undefined;
    },
  },
  compare,
  result,
  missing,
  figures: (found, whole) => histogramFigures(found, whole.provenance.timeUnit),
};
