import { expect, it } from "vitest";
import { groupedBy } from "../../src/numerics/grouped-by.ts";

it("a million points are put into groups at once, in their order", () => {
  const began = process.cpuUsage();
  const groups = groupedBy(Array(1_000_000).keys(), (index) => index % 2);
  const { user } = process.cpuUsage(began);
  expect([...groups].map(([key, items]) => [key, items.length, items[0], items[499_999]])).toEqual([
    [0, 500_000, 0, 999_998],
    [1, 500_000, 1, 999_999],
  ]);
  // copied for each of them, the lists would take minutes
  expect(user / 1e6).toBeLessThan(5);
});
