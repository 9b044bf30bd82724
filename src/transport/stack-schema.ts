import { z } from "zod";
import { stackProblems } from "./stack-rules.ts";
import { stackShape } from "./stack-shape.ts";

/** A layered stack for `transport` and the torque `spinAccumulation`. SI units. */
export const stackSchema = z
  .strictObject(stackShape)
  .superRefine((stack, context) => {
    for (const { path, message } of stackProblems(stack)) context.addIssue({ code: "custom", path, message });
  })
  .meta({ description: "current-perpendicular-to-plane stack in the two-channel model" });

/** A stack as written in a file, defaults left out. */
export type StackInput = z.input<typeof stackSchema>;
