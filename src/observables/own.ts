/* Building blocks of a user's own observable; docs/extending.md shows one. */
export { boundOf } from "../ensemble/bound-of.ts";
export { noObserver } from "../ensemble/instrument.ts";
export type { Tally, TallyResult } from "../ensemble/kernel.ts";
export type { MeanEstimate, Observation, Record } from "../ensemble/observations.ts";
export type { Observer } from "../ensemble/observers/observer.ts";
export { seen } from "../ensemble/observers/observer.ts";
export { observableSpec } from "../experiment/observable-spec.ts";
export { numberSchema } from "../experiment/parameter-schema.ts";
export type { PlannedObservable, Problem } from "../experiment/problem.ts";
export { timesSchema } from "../experiment/times.ts";
export type { Comparison } from "../statistics/comparison.ts";
export { notCompared } from "../statistics/comparison.ts";
export { compareValue } from "../statistics/moments.ts";
export { againstDensities } from "./against-densities.ts";
export type { Beside } from "./observable.ts";
export { timeOf } from "./observable.ts";
