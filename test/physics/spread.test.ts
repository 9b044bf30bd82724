import { expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { lognormalParameters, spreadExpression, spreadValueAt } from "../../src/physics/spread.ts";

it("carries values of order one and gives back SI", () => {
  const value = { mean: 4e-25, deviation: 4e-26, distribution: "normal" as const };
  const { expression, spread } = spreadExpression(value, "p1", "magnet.volume");
  expect(spread).toEqual({
    name: "p1",
    path: "magnet.volume",
    distribution: "normal",
    mean: 1,
    deviation: 0.1,
  });
  expect(compileScalar(expression, ["p1"])(1.1)).toBeCloseTo(4.4e-25, 35);
});

it("centres a spread of zero mean on 0", () => {
  const value = { mean: 0, deviation: 0.02, distribution: "uniform" as const };
  expect(spreadExpression(value, "p1", "").spread).toMatchObject({ mean: 0, deviation: 1 });
});

it("gives a lognormal the mean and deviation asked for", () => {
  const { mu, sigma } = lognormalParameters(2, 0.6);
  expect(Math.exp(mu + sigma ** 2 / 2)).toBeCloseTo(2, 12);
  expect(Math.sqrt(Math.expm1(sigma ** 2)) * 2).toBeCloseTo(0.6, 12);
});

it("knows where the edges of a uniform spread are", () => {
  const spread = { name: "p1", path: "", distribution: "uniform" as const, mean: 1, deviation: 0.1 };
  expect(spreadValueAt(spread, 5)).toBeCloseTo(1 + 0.1 * Math.sqrt(3), 12);
});
