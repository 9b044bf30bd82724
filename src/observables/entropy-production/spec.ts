import { observableSpec } from "../../experiment/observable-spec.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";
import { timesSchema } from "../../experiment/times.ts";

export interface PlannedProduction extends PlannedObservable {
  readonly type: "entropyProduction";
  readonly steps: readonly number[];
}

export const spec = observableSpec<PlannedProduction>()({
  type: "entropyProduction",
  title:
    "entropy given to the surroundings (the entropy production where the state is steady), heat to the bath and work",
  observes: "averages",
  shape: { times: timesSchema.default(10) },
  label: () => "entropy production",
  times: ({ times }) => times,
  needsNoise: true,
  plan: ({ times }, name, { steps }) => ({ type: "entropyProduction", name, steps: steps(times) }),
});
