import { expect, it } from "vitest";
import type { RatesRow } from "../../src/run/rates.ts";
import { emptyWords } from "../../web/plots/empty-cells.ts";

const row = (dwellUp: number | null, reasons: RatesRow["reasons"] = []) => ({
  row: { dwellUp, reasons } as unknown as RatesRow,
});
const up = { of: (of: RatesRow) => of.dwellUp };

it("cells of a map without a figure are counted by their reasons, the most frequent first", () => {
  const cells = [
    row(1),
    { reason: "magnet.temperature must be ≥ 0 K" },
    row(null, [{ quantity: "dwell times", reason: "not resolved" }]),
    row(null, [{ quantity: "dwell times", reason: "not resolved" }]),
    undefined,
  ];
  expect(emptyWords(cells, [up])).toBe(
    "3 of 5 without a figure: dwell times: not resolved (2); magnet.temperature must be ≥ 0 K (1).",
  );
  expect(emptyWords([row(1), undefined], [up])).toBe("");
  // a figure that nobody asks for may be missing
  expect(emptyWords([row(null)], [])).toBe("");
});
