import { stringify } from "yaml";
import { z } from "zod";
import { readText } from "../../src/experiment/read.ts";
import { termsOf } from "../../src/experiment/terms.ts";
import { checkExperiment, describeCatalogue, reduce } from "../../src/observables/experiment.ts";
import { viewOf } from "../../src/observables/placed-figures.ts";
import { deviceFigures } from "../../src/run/device-figures.ts";
import { stackSchema } from "../../src/transport/stack-schema.ts";
import type { Schema } from "../values/schema.ts";
import { energyLines } from "./energy-lines.ts";
import { asAsked, instruments } from "./instruments.ts";
import type { CheckerCalls } from "./messages.ts";
import type { Answering } from "./serve.ts";
import { serve } from "./serve.ts";

/** Work that would block the page too long: the schema, YAML, the parser of typed formulas, files of a result. */
export const answer: Answering = serve<CheckerCalls>({
  descriptions: () => ({
    observables: (describeCatalogue().find(({ name }) => name === "observables")?.entries ?? []).map(
      (entry) => ({ ...entry, view: viewOf(entry.type) }),
    ),
    stack: z.toJSONSchema(stackSchema, { io: "input" }) as Schema,
  }),
  check: (written) => checkExperiment(written),
  terms: (experiment) => termsOf(experiment),
  derived: (experiment) => deviceFigures(experiment),
  energyLines: (experiment) => energyLines(reduce(experiment)),
  read(text) {
    const read = readText(text);
    if (!read.ok) return { ok: false, problems: read.problems };
    return { ...checkExperiment(read.value), written: read.value };
  },
  write: (experiment) => stringify(experiment, { flowCollectionPadding: false, lineWidth: 110 }),
  async report({ result, plotly }) {
    const { reportHtml } = await import("../../src/report/report.ts");
    const names = Object.values(instruments).map((name) => `“${name}”`);
    const note = `The page recorded ${names.slice(0, -1).join(", ")} and ${names.at(-1)} for its own plots; the experiment below does not ask for them.`;
    return reportHtml({ ...result, notes: [...result.notes, note] }, plotly, asAsked(result.experiment));
  },
  async data(result) {
    const [{ npz }, { zipSync, strToU8 }] = await Promise.all([
      import("../../src/cli/npz.ts"),
      import("fflate"),
    ]);
    const files = {
      "result.json": strToU8(`${JSON.stringify(result, null, 1)}\n`),
      "arrays.npz": npz(result),
    };
    return zipSync(files) as Uint8Array<ArrayBuffer>;
  },
});
