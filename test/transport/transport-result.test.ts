import { expect, test } from "vitest";
import { cobaltCopperCobalt } from "../../src/transport/example-stack.ts";
import { transportResult } from "../../src/transport/transport-result.ts";

/** Of cobalt, A/m. */
const cobaltMagnetization = 1.42e6;
const magnet = { Ms: cobaltMagnetization, alpha: 0.01 };

test("a result is plain data that survives JSON, all of it finite", () => {
  const result = transportResult(cobaltCopperCobalt, magnet);
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  const walk = (value: unknown): void => {
    if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
    else if (value && typeof value === "object") Object.values(value).forEach(walk);
  };
  walk(result);
});

test("a result holds profiles, resistances and the torque over c", () => {
  const result = transportResult(cobaltCopperCobalt, magnet, { pointsPerLayer: 5, pointsOverCosine: 3 });
  expect(result.profile.z).toHaveLength(15);
  expect(result.profile.layer).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
  const { currentUp, currentDown } = result.profile;
  for (const [i, up] of currentUp.entries()) expect((up + currentDown[i]) / 1e11).toBeCloseTo(1, 14);
  if (!("c" in result.torque)) throw new Error("no torque");
  expect(result.torque.c).toEqual([-1, 0, 1]);
  expect(result.torque.a.map((field) => Number((field * 1e3).toFixed(4)))).toEqual([4.0645, 1.5949, 1.1416]);
  // 6 nm of copper between the magnets: one percent of R_AP − R_P away from a thin spacer
  expect(Math.abs(result.torque.spacerDefect)).toBeLessThan(0.02 * 0.45e-15);
});

test("what a stack does not give is null with the reason", () => {
  const { spacer: _, ...rest } = cobaltCopperCobalt;
  const result = transportResult(rest, magnet);
  expect(result.torque).toEqual({ value: null, reason: "the stack gives no spacer" });
  expect(result.magnetoresistance).toEqual({ value: null, reason: "the stack gives no spacer" });
  expect(transportResult(cobaltCopperCobalt, null).torque).toEqual({
    value: null,
    reason: "no magnet is given",
  });
});
