import { expect, it } from "vitest";
import { nearestName } from "../../src/expression/nearest-name.ts";

it("finds the name that was meant", () => {
  const known = ["temperature", "volume", "alpha", "Ms", "t"];
  expect(nearestName("temprature", known)).toBe("temperature");
  expect(nearestName("vloume", known)).toBe("volume");
  expect(nearestName("ALPHA", known)).toBe("alpha");
  expect(nearestName("ms", known)).toBe("Ms");
});

it("does not guess wildly", () => {
  expect(nearestName("q", ["t"])).toBeUndefined();
  expect(nearestName("pressure", ["volume", "alpha"])).toBeUndefined();
  expect(nearestName("x".repeat(1000), ["xx"])).toBeUndefined();
});
