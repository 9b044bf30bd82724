import type { TallyResult } from "../../ensemble/kernel.ts";
import { dot, m, magnetization, vector } from "../../expression/vector.ts";
import { evenEdges } from "../../physics/binning.ts";
import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedHistogram } from "./count.ts";
import { instrument } from "./count.ts";
import { histogramFigures } from "./figure.ts";
import type { HistogramResult } from "./result.ts";
import { missing, result } from "./result.ts";
import type { PlannedHistogram } from "./spec.ts";
import { spec } from "./spec.ts";

function countsOf([bins]: readonly TallyResult[]): Float64Array {
  if (bins.kind !== "bins") throw new Error("not the view of a histogram");
  return bins.counts;
}

const along = magnetization[2];

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
  answers: {
    distribution: { written: (bins, times) => ({ of: along, bins, times }), read: countsOf },
    map: { written: (rows, columns) => ({ of: "map", bins: [rows, columns], times: 1 }), read: countsOf },
  },
  timed: {
    name: "histogram every 16 steps",
    planned: {
      type: "histogram",
      name: along,
      binning: { kind: "projection", axis: [0, 0, 1], edges: evenEdges(-1, 1, 64) },
      steps: [],
      gather: { every: 16, from: 0 },
    },
  },
};
