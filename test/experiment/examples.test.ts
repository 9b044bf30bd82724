import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { describeInputError, readText } from "../../src/experiment/index.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));
const experiments = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => {
    const read = readText(readFileSync(folder + name, "utf8"));
    return { name, raw: read.ok ? (read.value as Record<string, unknown>) : undefined };
  })
  // stacks for `transport` and sweeps have no time of their own
  .filter(({ raw }) => raw === undefined || "time" in raw);

describe.each(experiments)("examples/$name", ({ raw }) => {
  it("is a sound experiment of a size to try out", () => {
    const checked = checkExperiment(raw);
    if (!checked.ok) throw new Error(checked.problems.map(describeInputError).join("\n"));
    expect(checkExperiment(checked.experiment)).toEqual(checked);
    const problem = reduce(checked.experiment);
    expect(problem.warnings).toEqual([]);
    expect(problem.steps * problem.ensemble).toBeLessThan(2e9);
  });
});
