import { expect, it } from "vitest";
import { brightnessMap, decades } from "../../web/workers/colours.ts";

it("counts are on the scale of colours beside a lower peak, too: a picture has no colours beyond its ends", () => {
  const counts = Float64Array.of(1000, 1000, 1000, 1000);
  expect([...brightnessMap(counts, 2, 2, 800)]).toEqual([1, 1, 1, 1]);
  for (const place of brightnessMap(counts, 2, 2, 1e4)) expect(place).toBeCloseTo(1 - 1 / decades, 6);
  expect([...brightnessMap(counts, 2, 2, 1e9)]).toEqual([0, 0, 0, 0]);
});
