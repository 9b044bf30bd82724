import { z } from "zod";
import { observable } from "./observable.ts";

export const firstPassage = observable({
  type: "firstPassage",
  title: "the time at which a condition first holds, spin by spin",
  looksAt: "crossings",
  shape: { until: z.string().max(4000).meta({ description: "condition on m, for example mz < -0.5" }) },
  label: () => "first passage",
  times: () => undefined,
  plan: ({ until }, name, { condition }) => ({
    type: "firstPassage",
    name,
    until: condition(until, "until"),
  }),
});
