import { describe, expect, it } from "vitest";
import { thresholdOf } from "../../../src/ensemble/observers/threshold.ts";
import { compileVector } from "../../../src/expression/compile.ts";
import type { Expression } from "../../../src/expression/expression.ts";
import * as e from "../../../src/expression/expression.ts";
import { parse } from "../../../src/expression/parse.ts";
import { m } from "../../../src/expression/vector.ts";
import { overshoot } from "../../../src/integrators/overshoot.ts";
import { splitting } from "../../../src/integrators/splitting.ts";
import { tiltedJunction } from "../../platform/scenarios.ts";
import { seeded } from "../../statistics/seeded.ts";

const timeStep = 0.3;
const t = e.variable("t");
const junction = tiltedJunction({
  delta: 3,
  alpha: 0.1,
  field: [0.2, 0.1, 0],
  torque: 0.05,
  polarizer: [0.6, 0, 0.8],
});
const driven = {
  ...junction.dynamics,
  omega: e.add(junction.dynamics.omega, e.mul(0.4, e.sin(t), m[0])),
  diffusion: e.mul(junction.dynamics.diffusion, e.add(1, e.mul(0.5, e.sin(t)))),
};
const watched = { dynamics: driven, timeStep, steps: 100, spreads: [], breakpoints: [] };
const scheme = splitting.build(driven, timeStep, "dyadic");

/** Values of expressions at random directions and times, near the poles and the equator too. */
function atRandom(
  expressions: readonly Expression[],
  use: (values: Float64Array, at: number[]) => void,
): void {
  const evaluate = compileVector(expressions, ["mx", "my", "mz", "t"]);
  const source = seeded(3);
  const out = new Float64Array(expressions.length);
  for (let i = 0; i < 20000; i++) {
    const [x, y, z] = [source.normal(), source.normal(), source.normal()];
    const r = Math.hypot(x, y, z);
    const at = [x / r, y / r, z / r, 30 * source.uniform()];
    evaluate(out, 0, at[0], at[1], at[2], at[3]);
    use(out, at);
  }
}

describe.each(["mz < -0.5", "mx > 0.3", "0.6*mx - 0.8*mz <= 0.25", "mz < 0.99"])("%s", (text) => {
  const condition = parse(text, { condition: true });
  const threshold = thresholdOf(condition, scheme, watched);
  const truth = (value: Expression): Expression => e.select(value, 1, 0);

  it("is near wherever it may be met", () => {
    let met = 0;
    let near = 0;
    atRandom([threshold.passing, threshold.unmoved, truth(threshold.near)], ([passing, unmoved, isNear]) => {
      if (passing <= 0 || unmoved <= 0) {
        met++;
        expect(isNear).toBe(1);
      }
      near += isNear;
    });
    // the cheap test is no empty one: it lets pass little more than it has to
    expect(met).toBeGreaterThan(100);
    expect(near).toBeLessThan(met + 8000);
  });

  it("is met where the moved margin says so", () => {
    // g − 0.5826 √(2Dh) |∇g| at the passing direction, with |∇g|² = |l|² − (l·m)², in plain numbers
    const [l, k] = {
      "mz < -0.5": [[0, 0, 1], 0.5],
      "mx > 0.3": [[-1, 0, 0], 0.3],
      "mz < 0.99": [[0, 0, 1], -0.99],
    }[text] ?? [[0.6, 0, -0.8], -0.25];
    const [lx, ly, lz] = l as number[];
    atRandom([threshold.passing, ...scheme.passing, driven.diffusion], ([passing, px, py, pz, diffusion]) => {
      const u = lx * px + ly * py + lz * pz;
      const slope = Math.sqrt(Math.max(lx * lx + ly * ly + lz * lz - u * u, 0));
      const moved = u + (k as number) - overshoot * Math.sqrt(2 * diffusion * timeStep) * slope;
      // |passing| is one to a few thousandths only: at the edge itself both may differ
      if (Math.abs(moved) > 2e-3) expect(passing <= 0).toBe(moved <= 0);
    });
  });

  it("knows the margin one step earlier from what was kept then", () => {
    const kept = e.variable("kept");
    const before = threshold.before(threshold.passing, kept);
    const evaluate = compileVector(
      [before, threshold.passing, threshold.kept],
      ["mx", "my", "mz", "t", "kept"],
    );
    const out = new Float64Array(3);
    evaluate(out, 0, 0.6, 0, 0.8, 1, 0.7);
    // the margin moved as far as the kept quantity did
    expect(out[0] - out[1]).toBeCloseTo(0.7 - out[2], 12);
  });
});

it("takes conditions of any shape as they are", () => {
  const threshold = thresholdOf(parse("mz < -0.5 and mx > 0", { condition: true }), scheme, watched);
  atRandom([threshold.passing, e.select(threshold.near, 1, 0)], ([passing, near]) => {
    expect(near === 1).toBe(passing <= 0);
  });
});

it("is near wherever it may be met, in a narrow well too", () => {
  const well = [0.6, 0, 0.8] as const;
  const energy = parse("-0.1 * exp(-((mx - 0.6)^2 + my^2 + (mz - 0.8)^2) / 0.004)");
  const narrow = { psi: e.mul(0.05, energy), omega: e.mul(0.5, energy), diffusion: e.constant(1e-6) };
  const condition = parse("my < -0.02", { condition: true });
  const inWell = splitting.build(narrow, timeStep, "dyadic");
  const threshold = thresholdOf(condition, inWell, { ...watched, dynamics: narrow });
  const evaluate = compileVector(
    [threshold.passing, e.select(threshold.near, 1, 0)],
    ["mx", "my", "mz", "t"],
  );
  const source = seeded(5);
  const out = new Float64Array(2);
  let met = 0;
  for (let i = 0; i < 50000; i++) {
    const point = well.map((x) => x + 0.25 * (source.uniform() - 0.5));
    const r = Math.hypot(...point);
    evaluate(out, 0, point[0] / r, point[1] / r, point[2] / r, 0);
    if (out[0] > 0) continue;
    met++;
    expect(out[1]).toBe(1);
  }
  expect(met).toBeGreaterThan(10000);
});

it("thresholds along several directions of one scheme are those of each alone", () => {
  const conditions = ["mz < -0.5", "mx > 0.3", "0.6*mx - 0.8*mz <= 0.25"].map((text) =>
    parse(text, { condition: true }),
  );
  const together = splitting.build(driven, timeStep, "dyadic");
  const levels = conditions.map((condition) => thresholdOf(condition, together, watched).near);
  const alone = conditions.map(
    (condition) => thresholdOf(condition, splitting.build(driven, timeStep, "dyadic"), { ...watched }).near,
  );
  expect(levels).toEqual(alone);
  expect(new Set(levels.map((near) => JSON.stringify(near))).size).toBe(3);
});
