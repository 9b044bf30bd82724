import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { schemas, schemaText } from "../../scripts/schemas.ts";
import { readText } from "../../src/experiment/index.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { cobaltCopperCobalt } from "../../src/transport/example-stack.ts";
import { presets } from "../../web/presets/index.ts";

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
const root = fileURLToPath(new URL("../../", import.meta.url));
const shipped = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, "schema", name), "utf8"));

/** What an editor checks with: a sweep names the experiment's schema, which stands beside it. */
function checker(name: string): z.ZodType {
  const { properties, $defs, ...rest } = shipped(name) as Record<string, object>;
  if (name !== "sweep.json") return z.fromJSONSchema(shipped(name) as JsonSchema);
  const { experiment: _, ...others } = properties as Record<string, object>;
  const sweep = z.fromJSONSchema({
    ...rest,
    $defs,
    properties: { ...others, experiment: {} },
  } as JsonSchema);
  return sweep.refine(
    (file) =>
      z
        .union([z.string(), checker("experiment.json")])
        .safeParse((file as Record<string, unknown>).experiment).success,
  );
}

describe("JSON Schemas", () => {
  it.each(Object.entries(schemas()))("schema/%s.json is made from the checks (UPDATE=1)", (name, schema) => {
    const file = join(root, "schema", `${name}.json`);
    if (process.env.UPDATE === "1") writeFileSync(file, schemaText(schema));
    expect(readFileSync(file, "utf8") === schemaText(schema), "the schema has changed").toBe(true);
  });

  const examples = readdirSync(join(root, "examples")).filter((name) => name.endsWith(".yaml"));
  it.each(examples)("examples/%s names its schema in its first line, and keeps it", (name) => {
    const text = readFileSync(join(root, "examples", name), "utf8");
    const [, path] = /^# yaml-language-server: \$schema=\.\.\/(schema\/\w+\.json)\n/.exec(text) ?? [];
    expect(path).toBeDefined();
    const read = readText(text);
    if (!read.ok) throw new Error("not YAML");
    const schema = checker(basename(path!));
    expect(schema.safeParse(read.value).success).toBe(true);
    const { name: title, ...rest } = read.value as Record<string, unknown>;
    expect(schema.safeParse({ ...rest, nmae: title }).success).toBe(false);
  });

  const ofPage = readdirSync(join(root, "examples/page"));
  it.each(ofPage)("examples/page/%s is an experiment as its schema has it", (name) => {
    const experiment = JSON.parse(readFileSync(join(root, "examples/page", name), "utf8"));
    expect(checker("experiment.json").safeParse(experiment).success).toBe(true);
    expect(checkExperiment(experiment)).toMatchObject({ ok: true });
    expect(presets.map((preset) => preset.experiment)).toContainEqual(experiment);
  });

  it("the pillar of the page is that of the catalogue, at its own current", () => {
    const { torques } = JSON.parse(readFileSync(join(root, "examples/page/stack.json"), "utf8"));
    expect(torques[0].stack).toEqual({ ...cobaltCopperCobalt, currentDensity: 1e10 });
  });

  it("an editor is told meanings and units", () => {
    expect(JSON.stringify(shipped("experiment.json"))).toContain("saturation magnetization (A/m)");
    expect(JSON.stringify(shipped("transport.json"))).toContain("saturation magnetization of the free layer");
  });
});
