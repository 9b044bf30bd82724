import { observableSpec } from "../../experiment/observable-spec.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";
import { timesSchema } from "../../experiment/times.ts";

export interface PlannedMoments extends PlannedObservable {
  readonly type: "moments";
  readonly steps: readonly number[];
}

export const spec = observableSpec<PlannedMoments>()({
  type: "moments",
  title: "means of m, of its products and of the energy",
  observes: "averages",
  shape: { times: timesSchema.default(50) },
  label: () => "moments",
  times: ({ times }) => times,
  plan: ({ times }, name, { steps }) => ({ type: "moments", name, steps: steps(times) }),
});
