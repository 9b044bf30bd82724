import type { CompletedExperiment } from "../experiment/schema.ts";
import type { ResultBase } from "../result-parts.ts";

type Written = CompletedExperiment["observables"][number];

/** The observables of an experiment as written, each with the name of its results. */
export const asWritten = ({
  experiment,
  observables,
}: Pick<ResultBase, "experiment" | "observables">): { readonly written: Written; readonly name: string }[] =>
  observables.length === experiment.observables.length
    ? experiment.observables.map((written, i) => ({ written, name: observables[i].name }))
    : experiment.observables.flatMap((written) => (written.name ? [{ written, name: written.name }] : []));
