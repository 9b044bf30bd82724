import { z } from "zod";
import { observableSpec } from "../../experiment/observable-spec.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import { mz } from "../../expression/vector.ts";

export interface PlannedPassage extends PlannedObservable {
  readonly type: "firstPassage";
  readonly until: Expression;
}

export const spec = observableSpec<PlannedPassage>()({
  type: "firstPassage",
  title: "the time at which a condition first holds, spin by spin",
  observes: "crossings",
  shape: {
    until: z
      .string()
      .max(4000)
      .meta({ description: `condition on m, for example ${mz} < -0.5` }),
  },
  label: () => "first passage",
  times: () => undefined,
  plan: ({ until }, name, { condition }) => ({
    type: "firstPassage",
    name,
    until: condition(until, "until"),
  }),
});
