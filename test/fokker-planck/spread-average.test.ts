import { describe, expect, it } from "vitest";
import { exactly, outOfReach } from "../../src/fokker-planck/exact.ts";
import type { Accuracy, SpreadAverage } from "../../src/fokker-planck/spread-average.ts";
import { firstUnit } from "../../src/fokker-planck/spread-nodes.ts";
import { averageOver } from "../../src/fokker-planck/spread-turn.ts";
import type { SpreadLaw } from "../../src/physics/spread.ts";
import { variateOf } from "../../src/physics/spread.ts";

const normal = variateOf({ distribution: "normal" });
const uniform = variateOf({ distribution: "uniform" });
const accuracy: Accuracy = {
  of: "absolute",
  wanted: 1e-6,
  enough: 1e-4,
  few: 60,
  most: 400,
  bound: 1,
};

function averaged(laws: readonly SpreadLaw[], f: (x: readonly number[]) => number): SpreadAverage {
  const found = averageOver(laws, (x) => exactly([f(x)]), accuracy);
  if ("reason" in found) throw new Error(found.reason);
  return found;
}

/** Midpoint rule with very many points in each variate. */
function bruteForce(laws: readonly SpreadLaw[], count: number, f: (x: readonly number[]) => number): number {
  let [sum, whole] = [0, 0];
  const visit = (x: readonly number[], weight: number): void => {
    const law = laws[x.length];
    if (!law) {
      sum += weight * f(x);
      whole += weight;
      return;
    }
    for (let i = 0; i < count; i++) {
      const at = law.reach * ((2 * i + 1) / count - 1);
      visit([...x, at], weight * law.density(at));
    }
  };
  visit([], 1);
  return sum / whole;
}

describe("nested rules", () => {
  it("are exact for the polynomials of the law", () => {
    const rule = firstUnit(uniform).children()[0].children()[0];
    expect(rule.nodes.length).toBe(4);
    for (const k of [2, 4, 6, 8])
      expect(averaged([uniform], (x) => x[0] ** k / 2).values[0]).toBeCloseTo(1 / (2 * (k + 1)), 9);
    for (const k of [1, 3, 5]) expect(averaged([uniform], (x) => x[0] ** k).values[0]).toBeCloseTo(0, 14);
  });

  it("are those of Genz and Keister for the normal law", () => {
    // moments of the law that ends at ±5, from those of the whole: E x² = 1 − 2·5 φ(5)/P
    const share = 1 - 5.733031437583892e-7;
    const peak = Math.exp(-12.5) / Math.sqrt(2 * Math.PI);
    const second = 1 - (10 * peak) / share;
    expect(averaged([normal], (x) => x[0] ** 2 / 25).values[0]).toBeCloseTo(second / 25, 9);
    expect(averaged([normal], (x) => x[0] ** 4 / 625).values[0]).toBeCloseTo(
      (3 * second - (250 * peak) / share) / 625,
      9,
    );
  });

  it("take nine solutions where figures are smooth", () => {
    expect(averaged([normal], (x) => Math.exp(0.1 * x[0]) / 2).points.length).toBe(9);
    expect(averaged([normal, normal], (x) => Math.exp(0.1 * x[0] + 0.05 * x[1]) / 2).points.length).toBe(21);
  });
});

describe("averages of figures that change abruptly", () => {
  const sigmoid = (slope: number, at: number) => (x: readonly number[]) =>
    Math.exp(-Math.exp(slope * (x[0] - at)));
  it.each<[string, readonly SpreadLaw[], (x: readonly number[]) => number, number]>([
    ["a decay that half of the spins have behind them", [normal], sigmoid(4, 0), 20000],
    ["a steep one off the middle", [normal], sigmoid(16, 0.3), 20000],
    ["a very steep one far out", [normal], sigmoid(64, -1.3), 200000],
    ["a steep one over a uniform law", [uniform], sigmoid(16, 0.3), 20000],
    ["a kink", [normal], (x) => Math.min(1, Math.abs(x[0] - 0.4) / 5), 20000],
    ["a step", [normal], (x) => (x[0] > 0.37 ? 1 : 0), 1000000],
    ["a sum of two", [normal, normal], (x) => Math.exp(-Math.exp(6 * x[0] + 6 * x[1])), 1500],
    [
      "three variates",
      [normal, normal, uniform],
      (x) => Math.exp(-Math.exp(0.5 * x[0] + 0.5 * x[1] - 0.3 * x[2])),
      80,
    ],
  ])("%s: the error estimate covers the error", (_, laws, f, count) => {
    const { values, errors, points } = averaged(laws, f);
    expect(Math.abs(values[0] - bruteForce(laws, count, f))).toBeLessThan(errors[0] + 2e-6);
    expect(errors[0]).toBeLessThan(1.0001e-4);
    expect(points.length).toBeLessThan(420);
  });

  it.each<[string, (x: readonly number[]) => number]>([
    ["not seen on the axes", (x) => (x[0] * x[1] > 0.1 ? 1 : 0)],
    ["seen on one axis", (x) => (x[0] * x[1] + 0.2 * x[0] > 0.1 ? 1 : 0)],
    ["about a circle", (x) => (x[0] ** 2 + x[1] ** 2 > 1.7 ? 1 : 0)],
  ])("a step across two variates, %s, is not settled, and says so", (_, f) => {
    const { values, errors } = averaged([normal, normal], f);
    expect(errors[0]).toBeGreaterThan(1e-3);
    expect(Math.abs(values[0] - bruteForce([normal, normal], 1500, f))).toBeLessThan(errors[0]);
  });

  it("other figures at the same nodes have their own errors", () => {
    const found = averaged([normal], (x) => Math.exp(0.1 * x[0]) / 2);
    const { values, errors } = found.combine(found.points.map((x) => exactly([Math.tanh(3 * x[0] + 1)])));
    const right = bruteForce([normal], 20000, (x) => Math.tanh(3 * x[0] + 1));
    expect(Math.abs(values[0] - right)).toBeGreaterThan(1e-4);
    expect(errors[0]).toBeGreaterThan(Math.abs(values[0] - right));
    const sum = found.points.reduce((total, x, k) => total + found.weights[k] * Math.tanh(3 * x[0] + 1), 0);
    expect(sum).toBeCloseTo(values[0], 12);
  });
});

describe("errors of the solutions themselves", () => {
  const own = (x: number): number => 1e-3 * (1 + x ** 2);
  const steep = (x: number): number => Math.exp(-Math.exp(4 * x));

  it.each(["absolute", "relative"] as const)(
    "are part of the stated error as far as they can move the mean, %s",
    (of) => {
      const found = averageOver(
        [normal],
        ([x]) => {
          const value = steep(x) + 0.1;
          return exactly([value], of === "absolute" ? own(x) : own(x) / value);
        },
        { ...accuracy, of },
      );
      if ("reason" in found) throw new Error(found.reason);
      // the mean, linear in the figures, if each is off by all of its error in the worst direction
      const worst = found.points.reduce((sum, [x], k) => sum + Math.abs(found.weights[k]) * own(x), 0);
      expect(found.errors[0] - found.errorsOfQuadrature[0]).toBeCloseTo(worst, 12);
      const { errors } = found.combine(found.points.map(([x]) => ({ value: [steep(x)], errors: [own(x)] })));
      expect(errors[0]).toBeGreaterThan(worst);
    },
  );

  it("do not make an average finer, which could not lessen them", () => {
    const nodes = (error: number) =>
      averageOver([normal, normal], ([x, y]) => exactly([Math.exp(0.1 * x + 0.05 * y) / 2], error), accuracy);
    const [sharp, blurred] = [nodes(0), nodes(1e-2)];
    if ("reason" in sharp || "reason" in blurred) throw new Error("refused");
    expect(blurred.points.length).toBe(sharp.points.length);
    expect(blurred.errors[0]).toBeGreaterThan(1e-2);
  });
});

describe("solutions that are refused", () => {
  const refusing =
    (beyond: number) =>
    ([x]: readonly number[]) =>
      x > beyond ? outOfReach<number[]>("too far") : exactly([Math.exp(0.1 * x) / 2]);
  it("far out, count as error", () => {
    const found = averageOver([normal], refusing(4), accuracy);
    if ("reason" in found) throw new Error(found.reason);
    const right = bruteForce([normal], 20000, (x) => Math.exp(0.1 * x[0]) / 2);
    expect(found.errors[0]).toBeLessThan(2e-4);
    expect(Math.abs(found.values[0] - right)).toBeLessThan(found.errors[0]);
    expect(found.refused?.reason).toBe("too far");
    expect(found.refused?.point[0]).toBeGreaterThan(4);
  });

  it("in the midst, count by their share", () => {
    const found = averageOver([normal], refusing(1), accuracy);
    if ("reason" in found) throw new Error(found.reason);
    // a sixth of all spins lies beyond one deviation
    expect(found.errors[0]).toBeGreaterThan(0.1);
  });

  it.each([1, 2])("for lack of time, are asked for no more, over %i spreads", (count) => {
    let asked = 0;
    const figuresAt = ([x]: readonly number[]) =>
      ++asked > 20 ? outOfReach<number[]>("no seconds left") : exactly([x > 0.3 ? 1 : 0]);
    const laws = Array.from({ length: count }, () => normal);
    const found = averageOver(laws, figuresAt, { ...accuracy, isOver: () => asked > 20 });
    if ("reason" in found) throw new Error(found.reason);
    expect(asked).toBeGreaterThan(20);
    expect(asked).toBeLessThan(30);
    expect(found.errors[0]).toBeGreaterThan(0.02);
  });

  it("end the average of a figure without bounds", () => {
    const found = averageOver([normal], refusing(4), { ...accuracy, of: "relative", bound: undefined });
    expect("reason" in found && found.point[0]).toBeGreaterThan(4);
  });
});
