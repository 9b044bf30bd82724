import { observableSpec } from "../../experiment/observable-spec.ts";
import { numberSchema } from "../../experiment/parameter-schema.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";

export interface PlannedTrajectory extends PlannedObservable {
  readonly type: "trajectory";
  readonly spins: number;
  readonly everySteps: number;
}

export const spec = observableSpec<PlannedTrajectory>()({
  type: "trajectory",
  title: "m against time for the first few spins",
  observes: "phases",
  shape: {
    spins: numberSchema({ minimum: 1, maximum: 1000 }, "", true)
      .default(4)
      .meta({ description: "number of spins" }),
    every: numberSchema({ above: 0 }, "s").meta({ description: "time between records (s)" }),
  },
  label: () => "trajectory",
  times: ({ every }) => ({ every }),
  plan: ({ spins, every }, name, { everySteps }) => ({
    type: "trajectory",
    name,
    spins,
    everySteps: everySteps(every),
  }),
});
