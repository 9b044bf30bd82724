import { expect, it } from "vitest";
import { inPowers, readable, withError } from "../../src/figures/readable.ts";

it.each([
  [0.99942, 0.00123, "0.9994 ± 0.0012"],
  [2.0612e-8, 1.3e-10, "(2.061 ± 0.013)·10⁻⁸"],
  [-3e-4, 0.12, "0.00 ± 0.12"],
  [-31.25, 0.4, "−31.25 ± 0.40"],
  [1e8, 3.2e6, "(1.000 ± 0.032)·10⁸"],
  [12345, 678, "12345 ± 678"],
  // an error of rounding alone says nothing of the last digit
  [0.5, 1e-14, "0.5 ± 1·10⁻¹⁴"],
  [0.25, 0, "0.25 ± 0"],
  [7, null, "7"],
  [null, null, "—"],
])("%s with the error %s reads %s", (value, error, text) => {
  expect(withError(value, error)).toBe(text);
});

it.each([
  [-0.5, "−0.5"],
  [-3.2e-9, "−3.2·10⁻⁹"],
  [-4e7, "−4·10⁷"],
  [Number.NEGATIVE_INFINITY, "−∞"],
])("%s reads %s, with a minus and no hyphen", (value, text) => {
  expect(readable(value)).toBe(text);
});

it("numbers in a text get powers of ten, and nothing else changes", () => {
  expect(inPowers("Dynkin's formula, 0.000 to 1.818e-10 s")).toBe("Dynkin's formula, 0.000 to 1.818·10⁻¹⁰ s");
  expect(inPowers("⟨mz⟩ at 9e-7 s")).toBe("⟨mz⟩ at 9·10⁻⁷ s");
  for (const text of ["version 0.1.0 (335e069)", "the-1 e-7", "axe-7"]) expect(inPowers(text)).toBe(text);
});
