import { expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import { run } from "../../src/run/run.ts";

it("a name that is longer than its column stays apart from its value", async () => {
  const result = await run(
    {
      magnet: { delta: 2, alpha: 0.5 },
      energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
      initial: { type: "direction", m: [0, 0, 1] },
      ensemble: 100,
      time: { duration: 4, step: 0.1 },
      observables: [{ type: "firstPassage", until: "mz < 0" }],
    },
    { backend: "reference", threads: 1 },
  );
  const lines = summary(result).split("\n");
  const long = result.figures.filter(({ name }) => name.length > 34);
  expect(long.length).toBeGreaterThan(0);
  for (const { name } of long) {
    const line = lines.find((one) => one.startsWith(name));
    expect(line?.slice(name.length)).toMatch(/^ {2}\S/);
  }
});
