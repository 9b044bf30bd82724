import type { ExactFigures, ObservableResult } from "./observables/index.ts";
import type { ExactBase, ResultBase } from "./result-parts.ts";

export type { ExactFigures, ObservableResult } from "./observables/index.ts";
export type * from "./result-parts.ts";

/** The exact side: what it says of the problem, and of each kind of observable. */
export type FokkerPlanckResult = ExactBase & ExactFigures;

/**
 * The result of a run, as result.json holds it. SI units; every number is finite. What could not be computed is null
 * with a `reason` beside it.
 */
export interface Result extends Omit<ResultBase, "observables" | "fokkerPlanck"> {
  readonly observables: readonly ObservableResult[];
  readonly fokkerPlanck: FokkerPlanckResult | null;
}
