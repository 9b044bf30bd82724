export type { CheckedExperiment } from "./check.ts";
export type { CatalogueDescription, EntryDescription, ParameterDescription } from "./describe.ts";
export type { InputError } from "./input-error.ts";
export { describeInputError } from "./input-error.ts";
export type { PlannedObservable, Problem } from "./problem.ts";
export type { ReadText } from "./read.ts";
export { readText } from "./read.ts";
export type { CompletedExperiment } from "./schema.ts";
export type { Settings } from "./settings.ts";
