import { describe, expect, it } from "vitest";
import type { Expression } from "../../src/expression/expression.ts";
import { add, constant, mul, square, variable } from "../../src/expression/expression.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import type { Point } from "../../src/physics/wells/landscape.ts";
import { landscapes } from "../../src/physics/wells/landscape.ts";
import { minimaOf } from "../../src/physics/wells/minima.ts";
import { wellOf, whyInNoWell } from "../../src/physics/wells/well.ts";

const [x, y, z] = ["mx", "my", "mz"].map((name) => variable(name));
const u = add(mul(0.48, x), mul(0.6, y), mul(0.64, z));
const cone = (axis: Expression): Expression => add(mul(-15, square(axis)), mul(12, square(square(axis))));
const cubic = (size: number): Expression =>
  mul(size, add(mul(square(x), square(y)), mul(square(y), square(z)), mul(square(z), square(x))));
const unit = (v: readonly number[]): Point => {
  const length = Math.hypot(v[0], v[1], v[2]);
  return [v[0] / length, v[1] / length, v[2] / length];
};
const sunflower = Array.from({ length: 2000 }, (_, i): Point => {
  const height = -1 + (2 * i + 1) / 2000;
  const r = Math.sqrt(1 - height * height);
  return [r * Math.cos(2.399963 * i), r * Math.sin(2.399963 * i), height];
});

describe("wells", () => {
  it.each<[string, Expression, Point, number]>([
    ["half of a uniaxial sphere", mul(-60, square(z)), [0, 0, 1], 1 / 2],
    ["one eighth of a cubic magnet of negative Kc1", cubic(-40), [1, 1, 1], 1 / 8],
    ["one sixth of one of positive Kc1", cubic(40), [0, 0.1, 1], 1 / 6],
    ["the ring of an easy cone", cone(z), [0.6, 0, 0.8], 1 / 2],
    ["the ring of a tilted easy cone", cone(u), [0, 0, 1], 1 / 2],
    ["all that an easy plane is, tilted", mul(200, square(u)), [0, 0, 1], 1],
    ["half of a film", add(mul(1000, square(x)), mul(10, square(z))), [0, 1, 0], 1 / 2],
    ["all, where a field has merged two wells", add(mul(-40, square(z)), mul(-100, x)), [0.1, 0, 1], 1],
    ["half, shortly before they merge", add(mul(-40, square(z)), mul(-79, x)), [0.9, 0, 0.4], 1 / 2],
    ["one of two almost level ones", add(mul(100, square(z)), mul(1e-3, square(x))), [0, 1, 0], 1 / 2],
    ["all, where every direction is alike", constant(3), [1, 0, 0], 1],
  ])("are %s", (_, energy, m, share) => {
    const well = wellOf(landscapes(energy)(), unit(m));
    const held = sunflower.filter((point) => well.holds(point)).length / sunflower.length;
    expect(Math.abs(held - share)).toBeLessThan(4e-3);
  });

  it.each<[string, Expression, number]>([
    ["a cubic magnet of negative Kc1", cubic(-40), 8],
    ["a cubic magnet of positive Kc1", cubic(40), 6],
    ["an easy cone", cone(u), 2],
    ["an easy plane", mul(200, square(u)), 1],
  ])("are counted: %s", (_, energy, count) => {
    const { anchors, same } = minimaOf(landscapes(energy)());
    const different = anchors.filter(
      ({ minimum }, i) => anchors.findIndex((other) => same(other.minimum, minimum)) === i,
    );
    expect(different).toHaveLength(count);
  });

  it("has its bottom where the field tilts it", () => {
    // −40 mz² − 40 mx has its minimum at mx = 1/2
    const { bottom } = wellOf(landscapes(add(mul(-40, square(z)), mul(-40, x)))(), [0, 0, 1]);
    expect(bottom[0]).toBeCloseTo(0.5, 8);
    expect(bottom[2]).toBeCloseTo(Math.sqrt(0.75), 8);
  });

  it("takes its parameters from outside", () => {
    const at = landscapes(add(mul(-40, square(z)), mul(-40, variable("h"), x)), ["h"]);
    expect(wellOf(at([1.2]), [0, 0, 1]).bottom[0]).toBeCloseTo(0.6, 8);
  });

  it.each<[string, Expression, Point]>([
    ["the ridge of a uniaxial magnet", mul(-60, square(z)), [1, 0, 0]],
    ["a saddle of a film", add(mul(1000, square(x)), mul(10, square(z))), [0, 0, 1]],
    ["the summit of a field", mul(-5, z), [0, 0, -1]],
    ["the middle of an easy cone", cone(z), [0, 0, 1]],
    ["an edge of a cubic magnet", cubic(40), [1, 1, 0]],
  ])("do not hold %s", (_, energy, m) => {
    expect(whyInNoWell(landscapes(energy)(), unit(m))).toMatch(/ridge, a saddle or a maximum/);
  });

  it("are asked for before the first step, with the path of what is wrong", () => {
    const found = checkExperiment({
      magnet: { delta: 15, alpha: 0.1 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "well", m: [1, 0, 0] },
      ensemble: 10,
      time: { duration: 1 },
    });
    expect(found).toMatchObject({ ok: false, problems: [{ path: "initial.m" }] });
  });
});
