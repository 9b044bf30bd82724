import { expect, it } from "vitest";
import { chosenColumns } from "../../src/traces/chosen-columns.ts";
import { inMemory } from "../../src/traces/readers/bytes.ts";
import { openTrace } from "../../src/traces/readers/open.ts";
import { collect } from "../../src/traces/stretches.ts";

it("columns of one name are chosen by number, and refused by name", async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i},${10 + i},${20 + i},${30 + i}`).join("\n");
  const source = inMemory("a.csv", new TextEncoder().encode(`time (s),A (V),B (V),A (V)\n${rows}\n`));
  const file = await openTrace(source);
  const first = async (asked: string): Promise<number[]> =>
    Promise.all(chosenColumns("a.csv", file, asked).map(async (column) => (await collect(column)).values[0]));
  expect(() => chosenColumns("a.csv", file, "A")).toThrow(
    "a.csv has 2 columns A, numbers 1, 3: choose by number, such as --column 1",
  );
  expect(await first("3,B")).toEqual([30, 20]);
  expect(await first("1")).toEqual([10]);
  expect(() => chosenColumns("a.csv", file, "C")).toThrow(/no column C; there are 1 A, 2 B, 3 A/);
});
