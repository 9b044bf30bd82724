import type { CompletedExperiment } from "../../src/experiment/schema.ts";

/** What the page itself records besides the experiment's own observables, by name. */
export const instruments = {
  means: "moments, by the page",
  distribution: "mz, by the page",
  map: "map, by the page",
} as const;

/** Records of the means and of the distribution over a run. */
export const frameCount = 60;
export const histogramBins = 64;
export const mapRows = 32;
export const mapColumns = 64;

/** The experiment with the observables that the user asks for. */
export const asAsked = (experiment: CompletedExperiment): CompletedExperiment => ({
  ...experiment,
  observables: experiment.observables.filter(
    ({ name }) => !Object.values(instruments).includes(name as never),
  ),
});
