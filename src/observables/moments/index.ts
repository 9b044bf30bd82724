import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedMoments } from "./count.ts";
import { instrument } from "./count.ts";
import type { MomentsResult } from "./result.ts";
import { result } from "./result.ts";
import { shown } from "./shown.ts";
import type { PlannedMoments } from "./spec.ts";
import { spec } from "./spec.ts";

export const moments: Observable<PlannedMoments, ObservedMoments, never, never, MomentsResult> = {
  ...spec,
  instrument,
  sight: { quantities: () => undefined },
  compare,
  result,
  shown,
};
