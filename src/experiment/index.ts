export type { InputError } from "./input-error.ts";
export { describeInputError } from "./input-error.ts";
export { readText } from "./read.ts";
export type { CompletedExperiment } from "./schema.ts";
