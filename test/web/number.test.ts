import { expect, it } from "vitest";
import { withPrefix, withUnit } from "../../web/values/number.ts";

it("numbers for readers have a minus, not a hyphen", () => {
  expect(withUnit(-1.04, "1", 3)).toBe("−1.04");
  expect(withUnit(-2.5e-9, "1", 3)).toBe("−2.5e−9");
  expect(withUnit(-0.3, "γ'B_K")).toBe("−0.3 γ'B_K");
  expect(withPrefix(-1.2e11, "A/m²")).toBe("−120 GA/m²");
});

it("rates have a power of ten, frequencies and times a prefix", () => {
  expect(withUnit(1.21123e8, "1/s")).toBe("1.211·10⁸ per s");
  expect(withUnit(42.123, "1/s", 3)).toBe("42.1 per s");
  expect(withUnit(2.77e9, "Hz", 3)).toBe("2.77 GHz");
  expect(withUnit(1.5e-8, "s")).toBe("15 ns");
});
