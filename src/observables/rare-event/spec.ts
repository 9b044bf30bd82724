import { z } from "zod";
import { observableSpec } from "../../experiment/observable-spec.ts";
import { numberSchema } from "../../experiment/parameter-schema.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import { mz } from "../../expression/vector.ts";

export interface PlannedRareEvent extends PlannedObservable {
  readonly type: "rareEvent";
  /** Condition on m. */
  readonly event: Expression;
  /**
   * The quantity: the probability of the event at the end of the run, or the rate of reaching it for the first time.
   */
  readonly asked: "probability at the end" | "rate";
  /** The time of a loss, in steps of the run. */
  readonly horizonSteps?: number;
  /** Typed ln G(m, t) of the importance function, t in the unit of the experiment; absent: it is computed. */
  readonly logImportance?: Expression;
  /** Largest acceptable probability. */
  readonly target?: number;
  /** Number of independent parts of the ensemble. */
  readonly islands: number;
  /** Whether it is counted again with half the step. */
  readonly halveStep: boolean;
}

/** Smaller probabilities have no meaning for any real magnet. */
const smallestTarget = 1e-30;

export const spec = observableSpec<PlannedRareEvent>()({
  type: "rareEvent",
  title:
    "probability of an event at the end of the run, or the rate of reaching it, even if very small, by importance splitting",
  observes: "averages",
  shape: {
    event: z
      .string()
      .max(4000)
      .optional()
      .meta({ description: `condition on m at the end of the run, for example ${mz} > 0` }),
    at: z.literal("end").default("end").meta({ description: "the event is tested at the end of the run" }),
    until: z.string().max(4000).optional().meta({
      description:
        "instead of event: condition that ends the lifetime of a state; gives its rate and its mean lifetime",
    }),
    in: numberSchema({ above: 0 }, "s").optional().meta({
      description:
        "with until: storage time (s), such as ten years; gives the probability that the state is lost within it",
    }),
    target: numberSchema({ minimum: smallestTarget, below: 1 }, "")
      .optional()
      .meta({ description: "largest probability that is acceptable" }),
    importance: z.string().max(4000).optional().meta({
      description:
        "logarithm of the importance function, a formula of m and, with event, of the time t; default: from the backward Fokker–Planck equation",
    }),
    islands: numberSchema({ minimum: 8, maximum: 256 }, "", true)
      .default(32)
      .meta({ description: "number of independent parts of the ensemble; their scatter gives the interval" }),
    halveStep: z
      .boolean()
      .default(false)
      .meta({ description: "count a second time with half the step, and show the ratio of the two figures" }),
  },
  label: () => "rare event",
  times: () => undefined,
  needsNoise: true,
  plan: (values, name, { condition, quantity, everySteps, complain }) => {
    const { event, until, importance, target, islands, halveStep } = values;
    if ((event === undefined) === (until === undefined))
      complain("event", "either event or until must be given, and not both", event);
    if (values.in !== undefined && until === undefined)
      complain("in", "belongs to until; an event is tested at the end of the run", values.in);
    if (target !== undefined && until !== undefined && values.in === undefined)
      complain("target", "needs the storage time (in)", target);
    const asked = until === undefined ? "probability at the end" : "rate";
    const text = until ?? event;
    return {
      type: "rareEvent",
      name,
      event: condition(text ?? `${mz} > 0`, until === undefined ? "event" : "until"),
      asked,
      ...(values.in === undefined ? {} : { horizonSteps: everySteps(values.in) }),
      ...(importance === undefined
        ? {}
        : { logImportance: quantity(importance, "importance", until === undefined) }),
      ...(target === undefined ? {} : { target }),
      islands,
      halveStep,
    };
  },
});
