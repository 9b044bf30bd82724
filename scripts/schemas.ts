// Writes schema/*.json, the JSON Schemas of the files that the command reads, from the schemas that check them.
import "./help.mjs";

import { writeFileSync } from "node:fs";
import { z } from "zod";
import { experimentJsonSchema } from "../src/observables/experiment.ts";
import { sweepSchema } from "../src/sweep/description.ts";
import { systemFileSchema } from "../src/transport/onsager/system-file.ts";
import { magnetSchema } from "../src/transport/spin-torque.ts";
import { stackSchema } from "../src/transport/stack-schema.ts";
import { options } from "./options.ts";

const asWritten = { io: "input", reused: "ref", unrepresentable: "any" } as const;
const jsonOf = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, asWritten) as Record<string, unknown>;

/** A transport file: a stack, and the magnet on which it acts. */
const transportSchema = z
  .strictObject({
    name: z.string().optional(),
    magnet: magnetSchema.optional().describe("the free layer, for the torque on it"),
    stack: stackSchema,
  })
  .meta({ title: "spinsemble transport" });

function sweep(): object {
  const { properties, ...rest } = jsonOf(sweepSchema);
  const experiment = {
    description: "the experiment at every point, or the path of its file",
    anyOf: [{ type: "string", minLength: 1 }, { $ref: "experiment.json" }],
  };
  return { ...rest, title: "spinsemble sweep", properties: { ...(properties as object), experiment } };
}

/** The schemas by the name of their file. */
export const schemas = (): Record<string, object> => ({
  experiment: experimentJsonSchema(),
  sweep: sweep(),
  transport: jsonOf(transportSchema),
  onsager: { ...jsonOf(systemFileSchema), title: "spinsemble onsager" },
});

/** The text of a schema's file. */
export const schemaText = (schema: object): string => `${JSON.stringify(schema, null, 1)}\n`;

if (process.argv[1]?.endsWith("schemas.ts")) {
  options({});
  for (const [name, schema] of Object.entries(schemas()))
    writeFileSync(new URL(`../schema/${name}.json`, import.meta.url), schemaText(schema));
}
