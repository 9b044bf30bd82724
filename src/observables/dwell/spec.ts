import { z } from "zod";
import { observableSpec } from "../../experiment/observable-spec.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";

export interface PlannedDwell extends PlannedObservable {
  readonly type: "dwell";
  readonly up: Expression;
  readonly down: Expression;
}

export const spec = observableSpec<PlannedDwell>()({
  type: "dwell",
  title: "how long spins stay up and down, separated by two thresholds",
  observes: "crossings",
  shape: {
    up: z.string().max(4000).default("mz > 0.5").meta({ description: "condition that makes a spin up" }),
    down: z.string().max(4000).default("mz < -0.5").meta({ description: "condition that makes a spin down" }),
  },
  label: () => "dwell",
  times: () => undefined,
  needsNoise: true,
  plan: ({ up, down }, name, { condition }) => ({
    type: "dwell",
    name,
    up: condition(up, "up"),
    down: condition(down, "down"),
  }),
});
