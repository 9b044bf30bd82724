import { describe, expect, it } from "vitest";
import { complementOf } from "../../src/experiment/projection-set.ts";
import { add, mul, square } from "../../src/expression/expression.ts";
import { parse } from "../../src/expression/parse.ts";
import { projectionSetOf, thresholdsOf } from "../../src/fokker-planck/condition.ts";
import { meanOfSurvival } from "../../src/fokker-planck/driven-passage.ts";
import { passageOutOf } from "../../src/fokker-planck/first-passage.ts";
import type { Vec3 } from "../../src/fokker-planck/index.ts";
import { demand, dwellTimes, firstPassage, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { checkExperiment } from "../oracle/check.ts";
import type { Plain } from "../oracle/values.ts";
import { along, driven, dynamicsOf, uniaxial, zeeman } from "./macrospins.ts";

const condition = (text: string) => parse(text, { condition: true });
const setOf = (text: string) => {
  const set = demand(projectionSetOf(condition(text)));
  if (typeof set === "string") return set;
  return { axis: set.axis.map((x) => x || 0), intervals: set.intervals.map(({ from, to }) => [from, to]) };
};

describe("conditions on one projection", () => {
  it("are half spaces, bands, pairs of caps, everything or nothing", () => {
    expect(setOf("mz < -0.5")).toEqual({ axis: [0, 0, 1], intervals: [[-1, -0.5]] });
    expect(setOf("abs(mz) < 0.2")).toEqual({ axis: [0, 0, 1], intervals: [[-0.2, 0.2]] });
    expect(setOf("mx*mx > 0.25")).toEqual({
      axis: [1, 0, 0],
      intervals: [
        [-1, -0.5],
        [0.5, 1],
      ],
    });
    expect(setOf("0.3 < my and my < 0.6")).toMatchObject({ intervals: [[0.3, 0.6]] });
    expect(setOf("my > 0.8 or -my > 0.5")).toMatchObject({
      intervals: [
        [-1, -0.5],
        [0.8, 1],
      ],
    });
    expect(setOf("2*mx < 3")).toBe("everything");
    expect(setOf("abs(mx) < -0.1")).toBe("nothing");
    const tilted = projectionSetOf(condition("mx + my + mz < 0")).value;
    expect(tilted).toMatchObject({ intervals: [{ from: -1 }] });
    expect(projectionSetOf(condition("mx < 0 and my < 0")).value).toBeNull();
    const set = projectionSetOf(condition("abs(mz) > 0.4")).value;
    if (set === null || typeof set === "string") throw new Error("no set");
    expect(complementOf(set).intervals).toEqual([{ from: -0.4, to: 0.4 }]);
  });

  it("make thresholds whichever way they are written", () => {
    const plain = demand(thresholdsOf(condition("mx > 0.5"), condition("mx < -0.4")));
    const turned = demand(thresholdsOf(condition("-mx < -0.5"), condition("0.4 < -mx")));
    for (const { axis, up, down } of [plain, turned]) {
      expect(up * axis[0]).toBeCloseTo(0.5, 14);
      expect(down * axis[0]).toBeCloseTo(-0.4, 14);
    }
    expect(thresholdsOf(condition("mx > 0.5"), condition("my < 0")).value).toBeNull();
  });
});

/** A proper rotation about (1, 2, 3) by one radian. */
const rotated = ([x, y, z]: Vec3): Vec3 => {
  const [a, b, c] = [1, 2, 3].map((n) => n / Math.sqrt(14));
  const [cosine, sine] = [Math.cos(1), Math.sin(1)];
  const inside = (a * x + b * y + c * z) * (1 - cosine);
  return [
    x * cosine + (b * z - c * y) * sine + a * inside,
    y * cosine + (c * x - a * z) * sine + b * inside,
    z * cosine + (a * y - b * x) * sine + c * inside,
  ];
};

/** Two easy directions, a field and a torque, all turned by one rotation. */
const biaxial = (turn: (v: Vec3) => Vec3, alpha: number) =>
  dynamicsOf({
    delta: 2,
    alpha,
    energy: add(
      uniaxial(turn([1, 0, 0])),
      mul(1.5, square(along(turn([0, 0, 1])))),
      zeeman(turn([0.1, 0.05, 0.1])),
    ),
    torque: { a: 0.01, b: 0.005, p: turn([0.6, 0, 0.8]) },
  });

describe("passage and dwell about any axis", () => {
  it("do not depend on the frame: a driven biaxial magnet, thresholds along (1, 1, 1)", () => {
    const third = 1 / Math.sqrt(3);
    const [plain, turned] = [(v: Vec3) => v, rotated].map((turn) => {
      const { mean, survival } = firstPassage(
        biaxial(turn, 0.2),
        { axis: turn([third, third, third]), from: -0.2, to: 1 },
        { direction: turn([1, 0, 0]) },
        [5, 20, 50],
      );
      return { mean: demand(mean), survival: demand(survival), errorEstimate: survival.errorEstimate };
    });
    expect(turned.mean / plain.mean).toBeCloseTo(1, 6);
    turned.survival.forEach((s, i) => {
      expect(s).toBeCloseTo(plain.survival[i], 6);
    });
    expect(plain.errorEstimate).toBeLessThan(1e-6);
  });

  it("survival's integral is the mean", () => {
    const times = Array.from({ length: 4001 }, (_, i) => i / 2);
    const passage = firstPassage(
      dynamicsOf({ delta: 2, alpha: 0.1, energy: add(uniaxial(), zeeman([0.3, 0, 0])) }),
      { axis: [1, 0, 0], from: -0.3, to: 1 },
      { direction: [0.6, 0, 0.8] },
      times,
    );
    const [mean, survival] = [demand(passage.mean), demand(passage.survival)];
    expect(survival[4000]).toBeLessThan(1e-12);
    const found = meanOfSurvival(times, survival, 0);
    expect((found?.mean ?? 0) / mean).toBeCloseTo(1, 3);
    expect(Math.abs((found?.mean ?? 0) / mean - 1)).toBeLessThan(found?.errorEstimate ?? 0);
  });

  it("dwells between thresholds along x of a magnet driven off its axis agree with the axis turned over", () => {
    const solution = demand(solveFokkerPlanck(dynamicsOf(driven)));
    const a = demand(dwellTimes(solution, { axis: [1, 0, 0], up: 0.3, down: -0.2 }));
    const b = demand(dwellTimes(solution, { axis: [-1, 0, 0], up: 0.2, down: -0.3 }));
    expect(demand(a.up) / demand(b.down)).toBeCloseTo(1, 6);
  });
});

const experiment = (delta: number, alpha: number, rest: Plain): Plain => ({
  magnet: { delta, alpha },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "direction", m: [0, 0, 1] },
  time: { duration: 40 },
  ...rest,
});
const field = (B_ext: Vec3) => ({ type: "zeeman", B_ext });

describe("against finite volumes that share no code", () => {
  it.each([
    [
      "a half space across the easy axis",
      experiment(3, 0.2, {
        energies: [{ type: "uniaxial", Ku1: 1 }, field([0.3, 0, 0])],
        observables: [{ type: "firstPassage", until: "mx < -0.3" }],
      }),
    ],
    [
      "a torque off the axis",
      experiment(2.5, 0.2, {
        torques: [{ type: "spinTransfer", dampingLike: 0.1, fieldLike: 0.05, polarizer: [0.8, 0, 0.6] }],
        initial: { type: "direction", m: [0, 0.1, -1] },
        observables: [{ type: "firstPassage", until: "my > 0.4" }],
      }),
    ],
    [
      "a biaxial magnet",
      experiment(2, 0.08, {
        energies: [
          { type: "uniaxial", Ku1: 1, anisU: [1, 0, 0] },
          { type: "uniaxial", Ku1: -2, anisU: [0, 0, 1] },
          field([0.1, 0.05, 0]),
        ],
        initial: { type: "direction", m: [1, 0, 0] },
        observables: [
          { type: "firstPassage", until: "mx < -0.2" },
          { type: "dwell", up: "mx > 0.4", down: "mx < -0.5" },
        ],
      }),
    ],
  ] as [string, Plain][])("%s", (_, plain) => {
    const outcome = checkExperiment(plain, true);
    expect(outcome.refused.filter((line) => /passage|survival|dwell/.test(line))).toEqual([]);
    expect(outcome.compared).toBeGreaterThan(4);
    expect(outcome.disagreements).toEqual([]);
  });
});

it("a mean that rounding of the operator moves says so: a problem along an axis at 25 kT, solved as if it had none", () => {
  const [delta, alpha] = [25, 0.1];
  const dynamics = dynamicsOf({ delta, alpha, energy: add(uniaxial(), zeeman([0, 0, 0.02])) });
  for (const from of [0, -0.5]) {
    const band = { from, to: 1 };
    const setting = { dynamics, diffusion: alpha / (2 * delta), band, axial: false, tolerance: 1e-6 };
    const { mean } = passageOutOf(setting, { direction: [0, 0, 1] }, []);
    const exact = firstPassage(dynamics, { axis: [0, 0, 1], ...band }, { direction: [0, 0, 1] }, []).mean;
    const off = Math.abs(demand(mean) / demand(exact) - 1);
    expect(off).toBeLessThan(mean.errorEstimate ?? 0);
    expect(mean.errorEstimate).toBeLessThan(1e-3);
  }
});
