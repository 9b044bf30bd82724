import { z } from "zod";
import { observableSpec } from "../../experiment/observable-spec.ts";
import { numberSchema } from "../../experiment/parameter-schema.ts";
import type { PlannedObservable, Problem } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import { mz } from "../../expression/vector.ts";

export interface PlannedDwell extends PlannedObservable {
  readonly type: "dwell";
  readonly up: Expression;
  readonly down: Expression;
  /** Steps that a visit must last to end a dwell; undefined: every visit does. */
  readonly minimumSteps?: number;
}

/** The shortest visit that counts, reduced time; crossings are detected up to a step late, equally at both ends. */
export const minimumOf = ({ minimumSteps }: PlannedDwell, { timeStep }: Pick<Problem, "timeStep">): number =>
  minimumSteps === undefined ? 0 : (minimumSteps - 0.5) * timeStep;

export const spec = observableSpec<PlannedDwell>()({
  type: "dwell",
  title: "how long spins stay up and down, separated by two thresholds",
  observes: "crossings",
  shape: {
    up: z.string().max(4000).default(`${mz} > 0.5`).meta({ description: "condition that makes a spin up" }),
    down: z
      .string()
      .max(4000)
      .default(`${mz} < -0.5`)
      .meta({ description: "condition that makes a spin down" }),
    minimum: numberSchema({ above: 0 }, "s")
      .optional()
      .meta({ description: "shorter visits to the other state do not end a dwell (s)" }),
  },
  label: () => "dwell",
  times: () => undefined,
  needsNoise: true,
  plan: ({ up, down, minimum }, name, { condition, everySteps }) => ({
    type: "dwell",
    name,
    up: condition(up, "up"),
    down: condition(down, "down"),
    ...(minimum === undefined ? {} : { minimumSteps: everySteps(minimum) }),
  }),
});
