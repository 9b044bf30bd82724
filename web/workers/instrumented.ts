import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { answering } from "../../src/observables/answering.ts";
import { asAsked, distributionBins, frameCount, instruments, mapColumns, mapRows } from "./instruments.ts";

/** ⟨m⟩ at so many times, for the page. */
function means(times: number): object {
  const { type, written } = answering("means");
  return { type, name: instruments.means, ...written(times) };
}

/** The experiment with the page's instruments; what the user wrote stays first. */
export function instrumented(experiment: CompletedExperiment): CompletedExperiment {
  const distribution = answering("distribution");
  const map = answering("map");
  const observables = [
    ...asAsked(experiment).observables,
    means(frameCount),
    {
      type: distribution.type,
      name: instruments.distribution,
      ...distribution.written(distributionBins, frameCount),
    },
    { type: map.type, name: instruments.map, ...map.written(mapRows, mapColumns) },
  ];
  return { ...experiment, observables } as CompletedExperiment;
}

/** The experiment with some of its observables, and where its spins are at the end. */
export const endOf = (
  experiment: CompletedExperiment,
  kept: (type: string) => boolean,
): CompletedExperiment =>
  ({
    ...experiment,
    observables: [...experiment.observables.filter(({ type }) => kept(type)), means(1)],
  }) as CompletedExperiment;

/** The experiment with one question alone: how long a state lasts, and whether it is lost within some seconds. */
export function lastingOf(
  experiment: CompletedExperiment,
  until: string,
  seconds: number,
): CompletedExperiment {
  const { type, written } = answering("lifetime");
  return { ...experiment, observables: [{ type, ...written(until, seconds) }] } as CompletedExperiment;
}
