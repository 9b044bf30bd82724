import { describe, expect, it } from "vitest";
import { extreme, mutated } from "../../scripts/mutations/mutate.ts";
import { patience } from "../../src/cli/patience.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { run } from "../../src/run/run.ts";

/* A small part of `npm run mutations`: each ends or is refused in its own words within 15 s of processor time. */

const most = 15e6;
const refusals = ["ExperimentError", "RangeError", "UsageError"];

it("one number at an extreme is checked without a failure, and refused with a path and a rule", () => {
  let refused = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const checked = checkExperiment(extreme(seed));
    if (checked.ok) expect(JSON.stringify(checked.experiment), String(seed)).not.toMatch(/[:[,]null\b/);
    else {
      refused++;
      for (const { path, rule } of checked.problems)
        expect([path, rule], String(seed)).toEqual([
          expect.stringMatching(/./),
          expect.stringMatching(/^(must|is|has|needs|makes|gives)\b/),
        ]);
    }
  }
  expect(refused).toBeGreaterThan(10);
});

describe("an experiment with some of its numbers changed", () => {
  // 12: too rough to be sampled; 71: an axis with the least number there is in it
  it.each([4, 6, 7, 12, 14, 33, 34, 71])("ends or is refused: %i", async (seed) => {
    const experiment = { ...mutated(seed), compare: "none" };
    const { user, system } = process.cpuUsage();
    const checked = checkExperiment(experiment);
    const outcome = checked.ok
      ? await run(checked.experiment, { backend: "reference", threads: 1, onProgress: patience(false) }).then(
          (result) => result.outcome,
          (error: Error) => error.name,
        )
      : "ExperimentError";
    const spent = process.cpuUsage();
    expect(spent.user + spent.system - user - system).toBeLessThan(most);
    if (outcome !== "complete" && !outcome.startsWith("unstable")) expect(refusals).toContain(outcome);
  });
});
