import { expect, it } from "vitest";
import { withPrefix, withUnit } from "../../web/values/number.ts";

it("numbers for readers have a minus, not a hyphen", () => {
  expect(withUnit(-1.04, "1", 3)).toBe("−1.04");
  expect(withUnit(-2.5e-9, "1", 3)).toBe("−2.5e−9");
  expect(withUnit(-0.3, "γ'B_K")).toBe("−0.3 γ'B_K");
  expect(withPrefix(-1.2e11, "A/m²")).toBe("−120 GA/m²");
});
