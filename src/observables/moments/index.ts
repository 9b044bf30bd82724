import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedMoments } from "./count.ts";
import { instrument } from "./count.ts";
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
  sight: { quantities: () => undefined },
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
};
