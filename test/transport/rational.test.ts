import { describe, expect, test } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { differentiate } from "../../src/expression/differentiate.ts";
import { variable } from "../../src/expression/expression.ts";
import type { Quadratic } from "../../src/transport/rational.ts";
import { antiderivative, quotient } from "../../src/transport/rational.ts";
import { integrate } from "./gauss.ts";

const numerators: Quadratic[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0.3, -0.7, 0],
  [0.2, 0.5, -0.9],
];
/** Named for the function that the closed form needs. */
const denominators: [string, Quadratic][] = [
  ["artanh, B² > 0", [5, 0, -3]],
  ["artanh close to its pole", [1, 0, -0.95]],
  ["arctan, B² < 0", [5, 0, 4]],
  ["artanh with a linear part", [5, 1, -3]],
  ["arctan with a linear part", [5, 2, 3]],
  ["a double root", [4, 4, 1]],
  ["power series", [7, 0.02, -0.1]],
  ["power series at its limit", [1, 0.001, 0.0089]],
  ["just beyond the power series", [1, 0.001, 0.0091]],
  ["a linear denominator", [1, 0.3, 0]],
  ["partial fractions", [1, 0.4, 1e-9]],
  ["partial fractions at their limit", [1, -0.4, 0.019]],
  ["just beyond partial fractions", [1, -0.4, 0.021]],
  ["a weak linear part alone", [1, 0.011, 0]],
  ["a constant", [3, 0, 0]],
];
const rounding = 4e-12; // of quadrature on 200 panels, and of logarithms whose difference is divided by k

describe.each(denominators)("antiderivative by %s", (_, denominator) => {
  test.each(numerators)("is the integral of its quotient, numerator %d %d %d", (...numerator) => {
    const c = variable("c");
    const f = compileScalar(quotient(numerator, denominator)(c), ["c"]);
    const F = compileScalar(antiderivative(numerator, denominator)(c), ["c"]);
    expect(Math.abs(F(0))).toBe(0);
    for (const x of [-1, -0.6, 1e-3, 0.4, 1]) {
      const expected = integrate(f, 0, x, 200);
      expect(Math.abs(F(x) - expected)).toBeLessThan(rounding * Math.max(1, Math.abs(expected)));
    }
  });

  test("has that quotient as its symbolic derivative", () => {
    const c = variable("c");
    const f = compileScalar(quotient(numerators[3], denominator)(c), ["c"]);
    const derivative = compileScalar(differentiate(antiderivative(numerators[3], denominator)(c), "c"), [
      "c",
    ]);
    for (const x of [-0.9, -0.2, 0.1, 0.8])
      expect(Math.abs(derivative(x) - f(x))).toBeLessThan(1e-11 * Math.max(1, Math.abs(f(x))));
  });
});

test("a vanishing numerator leaves no trace in an expression", () => {
  expect(antiderivative([0, 0, 0], [5, 0, -3])(variable("c"))).toEqual({ kind: "constant", value: 0 });
  expect(quotient([0, 0, 0], [5, 0, -3])(variable("c"))).toEqual({ kind: "constant", value: 0 });
});
