import { expect, it } from "vitest";
import { productionFigures } from "../../src/observables/entropy-production/figure.ts";

it("the caption of the entropy production names the exact line where there is one, and no other", () => {
  const rows = [1, 2];
  const found = {
    times: [0, 1],
    total: rows,
    totalStandardError: rows,
    heatToBath: rows,
    heatToBathStandardError: rows,
    workOfTransfer: rows,
    workOfTransferStandardError: rows,
    workOfDrive: rows,
    workOfDriveStandardError: rows,
  };
  const drawn = (own: object | null) =>
    productionFigures(...([found, own, "s"] as unknown as Parameters<typeof productionFigures>));
  const lines = (own: object | null) =>
    drawn(own).map(({ data }) => data.some(({ mode }) => mode === "lines"));
  const named = (own: object | null) => drawn(own).map(({ caption }) => /Lines?: exact/.test(caption));
  for (const own of [null, { total: 1 }, { total: 1, heatToBath: 2 }]) expect(named(own)).toEqual(lines(own));
  expect(drawn(null)[0].layout.yaxis).toMatchObject({ title: { text: "entropy given off (k_B/s)" } });
});
