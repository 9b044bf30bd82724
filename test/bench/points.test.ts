import { expect, it } from "vitest";
import { pointsCosts, pointsTable } from "../../src/bench/points.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";

it("tells what points of a sweep cost side by side, against one experiment and one by one", async () => {
  const costs = await pointsCosts(wasm, { side: 2, spins: 8, threads: 1 });
  expect(costs).toMatchObject({ backend: "wasm", points: 4, spins: 8 });
  expect(costs.rows.map(({ name }) => name)).toEqual(["one experiment", "side by side", "one by one"]);
  for (const { spinSteps, wallSeconds, steppingSeconds, processorSeconds } of costs.rows) {
    expect(spinSteps).toBe(4 * 8 * costs.steps);
    expect(steppingSeconds).toBeGreaterThan(0);
    expect(wallSeconds).toBeGreaterThan(steppingSeconds);
    expect(processorSeconds).toBeGreaterThan(0);
  }
  expect(JSON.parse(JSON.stringify(costs))).toEqual(costs);
  expect(pointsTable(costs).split("\n").slice(2)).toHaveLength(3);
});
