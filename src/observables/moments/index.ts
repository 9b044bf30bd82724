import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedMoments } from "./count.ts";
import { instrument, readMoments } from "./count.ts";
import { momentsFigures } from "./figure.ts";
import { notSwitchedFigures } from "./not-switched-figure.ts";
import { relaxationFigures } from "./relaxation-figure.ts";
import type { MomentsResult } from "./result.ts";
import { result } from "./result.ts";
import { columns, lines, shown } from "./shown.ts";
import type { PlannedMoments } from "./spec.ts";
import { spec } from "./spec.ts";

export const moments: Observable<
  PlannedMoments,
  ObservedMoments,
  never,
  never,
  MomentsResult,
  typeof spec.shape
> = {
  ...spec,
  view: "distribution",
  instrument,
  sight: {
    quantities: () => undefined,
    remedy: {
      damping: "moments of a transient",
      precession: "moments of a transient that starts off the axis",
      azimuth: "moments",
    },
  },
  compare,
  result,
  shown,
  figures: (result, whole) => [
    ...notSwitchedFigures(result, whole),
    ...momentsFigures(result, whole.fokkerPlanck, whole.provenance.timeUnit),
    ...relaxationFigures(whole, result),
  ],
  lines,
  columns,
  answers: {
    means: {
      written: (times) => ({ times }),
      read: (counted) => readMoments(counted, { low: 0, high: 1 }),
    },
    squares: {
      planned: (step) => ({ type: "moments", name: "moments", steps: [step] }),
      read: ({ records }) => records[0]?.value ?? null,
    },
  },
};
