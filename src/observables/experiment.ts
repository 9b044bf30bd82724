import type { CheckedExperiment } from "../experiment/check.ts";
import { checkWith } from "../experiment/check.ts";
import type { CatalogueDescription } from "../experiment/describe.ts";
import * as describe from "../experiment/describe.ts";
import type { Use } from "../experiment/known-problem.ts";
import { keepProblem } from "../experiment/known-problem.ts";
import type { Problem } from "../experiment/problem.ts";
import { reduceExperiment } from "../experiment/reduce.ts";
import type { CompletedExperiment } from "../experiment/schema.ts";
import * as schema from "../experiment/schema.ts";
import type { Settings } from "../experiment/settings.ts";
import { observables } from "./index.ts";

/* Functions on experiments, with all observables of the list. */

/**
 * Checks an experiment as written and fills in every default; all problems are returned at once. `settings` are applied first, as by
 * `--set path=value`.
 */
export const checkExperiment = (raw: unknown, settings: Settings = [], use?: Use): CheckedExperiment =>
  checkWith(observables, raw, settings, use);

/**
 * The reduced problem of a completed experiment. `scale` shortens or lengthens the step of `auto`.
 * @throws RangeError for an experiment that `checkExperiment` would refuse.
 */
export const reduce = (experiment: CompletedExperiment, scale?: number): Problem =>
  reduceExperiment(observables, experiment, scale);

/** An experiment that was checked in another thread, with its reduced problem: here it is known to be sound, too. */
export const keepChecked = (problem: Problem, use: Use): void => keepProblem(observables, problem, use);

/** JSON Schema of an experiment as it is written, for editors. It takes a tenth of a second of processor time at most, and no input. */
export const experimentJsonSchema = (): object => schema.experimentJsonSchema(observables);

/** All keys of an experiment as data, for help texts, the page's form and the docs. */
export const describeCatalogue = (): CatalogueDescription[] => describe.describeCatalogue(observables);

/** The catalogues as tables of Markdown. */
export const catalogueInMarkdown = (): string => describe.catalogueInMarkdown(observables);
