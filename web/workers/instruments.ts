import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { mz } from "../../src/expression/vector.ts";

/** Observables that the page itself adds to those of the experiment, by name. */
export const instruments = {
  means: "means, by the page",
  distribution: `${mz}, by the page`,
  map: "map, by the page",
} as const;

/** Records of the means and of the distribution over a run. */
export const frameCount = 60;
export const distributionBins = 64;
export const mapRows = 32;
export const mapColumns = 64;

/** The experiment with only the observables of the user. */
export const asAsked = (experiment: CompletedExperiment): CompletedExperiment => ({
  ...experiment,
  observables: experiment.observables.filter(
    ({ name }) => !Object.values(instruments).includes(name as never),
  ),
});
