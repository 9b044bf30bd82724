import type { CompletedExperiment } from "../../src/experiment/schema.ts";

/** What the page itself records besides the experiment's own observables, by name. */
export const instruments = {
  moments: "moments, by the page",
  histogram: "mz, by the page",
  map: "map, by the page",
} as const;

/** Records of moments and of the histogram over a run. */
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

/** The experiment with the page's instruments; what the user wrote stays first. */
export const instrumented = (experiment: CompletedExperiment): CompletedExperiment =>
  ({
    ...experiment,
    observables: [
      ...asAsked(experiment).observables,
      { type: "moments", name: instruments.moments, times: frameCount },
      { type: "histogram", name: instruments.histogram, of: "mz", bins: histogramBins, times: frameCount },
      { type: "histogram", name: instruments.map, of: "map", bins: [mapRows, mapColumns], times: 1 },
    ],
  }) as CompletedExperiment;

/** The experiment with some of its observables, and where its spins are at the end. */
export const endOf = (
  experiment: CompletedExperiment,
  kept: (type: string) => boolean,
): CompletedExperiment =>
  ({
    ...experiment,
    observables: [
      ...experiment.observables.filter(({ type }) => kept(type)),
      { type: "moments", name: instruments.moments, times: 1 },
    ],
  }) as CompletedExperiment;

/** The experiment with one question alone: how long a state lasts, and whether it is lost within some seconds. */
export const lastingOf = (
  experiment: CompletedExperiment,
  until: string,
  seconds: number,
): CompletedExperiment =>
  ({
    ...experiment,
    observables: [{ type: "rareEvent", until, in: seconds }],
  }) as unknown as CompletedExperiment;
