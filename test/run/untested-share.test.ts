import { expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { figuresTable } from "../../src/report/tables.ts";
import { run } from "../../src/run/run.ts";

it("says which side an exact share without a partner is of, and that nothing tests it", async () => {
  const result = await run(
    {
      magnet: { delta: 1, alpha: 0.5 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "direction", m: [0, 0, 1] },
      ensemble: 20,
      time: { duration: 1, step: 0.1 },
      observables: [{ type: "firstPassage", until: "mz < 0.9" }],
    },
    { backend: wasm },
  );
  const untested = /not switched at 1 .*\(mz &?.*0\).*not tested: the ensemble has no figure of it/;
  expect(summary(result)).toMatch(untested);
  expect(figuresTable(result).replace(/\n/g, " ")).toMatch(untested);
});
