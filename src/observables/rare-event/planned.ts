import type { Expression } from "../../expression/expression.ts";

/** What is asked about an event; reduced units. */
export interface PlannedRareEvent {
  readonly type: "rareEvent";
  readonly name: string;
  /** Condition on m. */
  readonly event: Expression;
  /** Whether the event holds at the end of the run, or how often it is reached for the first time. */
  readonly asked: "probability at the end" | "rate";
  /** Reduced time in which a loss is asked about. */
  readonly horizon?: number;
  /** Typed ln G(m); missing: G comes by itself. */
  readonly logImportance?: Expression;
  /** Probability that is not to be exceeded. */
  readonly target?: number;
  readonly islands: number;
}
