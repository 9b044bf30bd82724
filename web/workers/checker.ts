import { stringify } from "yaml";
import { checkExperiment } from "../../src/experiment/check.ts";
import { describeCatalogue } from "../../src/experiment/describe.ts";
import { readText } from "../../src/experiment/read.ts";
import type { CheckerCalls } from "./messages.ts";
import type { Answering } from "./serve.ts";
import { serve } from "./serve.ts";

/** Checks experiments away from the page, with the schema, YAML and the parser of typed formulas. */
export const answer: Answering = serve<CheckerCalls>({
  observables: () => describeCatalogue().find(({ name }) => name === "observables")?.entries ?? [],
  check: (written) => checkExperiment(written),
  read(text) {
    const read = readText(text);
    if (!read.ok) return { ok: false, problems: read.problems };
    return { ...checkExperiment(read.value), written: read.value };
  },
  write: (experiment) => stringify(experiment, { flowCollectionPadding: false, lineWidth: 110 }),
});
