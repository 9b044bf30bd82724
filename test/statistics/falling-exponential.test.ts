import { expect, it } from "vitest";
import { fallingExponential } from "../../src/numerics/falling-exponential.ts";

it("is exp to 1e-13 of it where that is not below 1e-300, and ends at 0", () => {
  let worst = 0;
  for (let x = 0; x > -690; x -= 0.0137)
    worst = Math.max(worst, Math.abs(fallingExponential(x) / Math.exp(x) - 1));
  expect(worst).toBeLessThan(1e-13);
  expect([0, -744, -746, Number.NEGATIVE_INFINITY, Number.NaN].map(fallingExponential)).toEqual([
    1,
    Math.exp(-744),
    0,
    0,
    Number.NaN,
  ]);
});
