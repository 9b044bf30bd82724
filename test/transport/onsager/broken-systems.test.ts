import { describe, expect, test } from "vitest";
import type { CoefficientMatrix, OnsagerPair } from "../../../src/transport/onsager/onsager-pair.ts";
import { onsagerSystem } from "../../../src/transport/onsager/onsager-system.ts";

const pair = (n: number, parity: 1 | -1 = 1): OnsagerPair => ({
  flux: { name: `flux${n}`, symbol: `J${n}`, unit: "A" },
  force: { name: `force${n}`, symbol: `X${n}`, unit: "V" },
  parity,
});
const system = (coefficients: CoefficientMatrix, pairs = coefficients.map((_, i) => pair(i + 1))) =>
  onsagerSystem({ name: "test", powerUnit: "W", pairs, coefficients });

describe("the second law", () => {
  test.each<[string, CoefficientMatrix]>([
    [
      "a cross-coefficient beyond its bound",
      [
        [1, 3],
        [3, 4],
      ],
    ],
    [
      "a negative diagonal",
      [
        [2, 0],
        [0, -1],
      ],
    ],
    [
      "a cross-coefficient beside a zero",
      [
        [0, 1e-3],
        [1e-3, 5],
      ],
    ],
    [
      "cross-coefficients beside two zeros",
      [
        [0, -1],
        [-1, 0],
      ],
    ],
    [
      "units far apart",
      [
        [1e20, 1.1],
        [1.1, 1e-20],
      ],
    ],
    [
      "three that are each in bounds but not together",
      [
        [1, -0.9, -0.9],
        [-0.9, 1, -0.9],
        [-0.9, -0.9, 1],
      ],
    ],
  ])("is broken by %s, in a direction that does dissipate negative power", (_, matrix) => {
    const broken = system(matrix);
    const { holds, direction, words, margin } = broken.secondLaw();
    expect(holds).toBe(false);
    expect(margin).toBeLessThan(0);
    const forces = Object.fromEntries(direction!.map((value, i) => [`force${i + 1}`, value]));
    expect(broken.dissipatedPower(forces)).toBeLessThan(0);
    expect(words).toMatch(/^X\d = \S+ V( together with X\d = \S+ V)* dissipates -\S+ W$/);
  });

  test("holds at the bound itself and with any antisymmetric part", () => {
    expect(
      system([
        [1, 2],
        [2, 4],
      ]).secondLaw(),
    ).toMatchObject({ holds: true, direction: null, words: "" });
    expect(
      system([
        [1, 100],
        [-100, 1],
      ]).secondLaw().holds,
    ).toBe(true);
  });

  test("names the forces in words", () => {
    expect(
      system([
        [2, 0],
        [0, -3],
      ]).secondLaw().words,
    ).toBe("X2 = 1.000 V dissipates -3.000 W");
  });
});

describe("reciprocity", () => {
  test("names every violating pair with both values", () => {
    const { holds, violations } = system([
      [1, 0.5, 0],
      [0.4, 1, 0.1],
      [0, -0.1, 1],
    ]).reciprocity();
    expect(holds).toBe(false);
    expect(violations.map((violation) => violation.pair)).toEqual([
      ["flux1", "flux2"],
      ["flux2", "flux3"],
    ]);
    expect(violations[0].words).toBe("J1 by X2 is 0.500000, but J2 by X1 asks for 0.400000");
  });

  test("is Casimir's antisymmetry between variables of opposite parity", () => {
    const mixed = [pair(1, 1), pair(2, -1)];
    expect(
      system(
        [
          [1, 0.3],
          [-0.3, 1],
        ],
        mixed,
      ).reciprocity().holds,
    ).toBe(true);
    expect(
      system(
        [
          [1, 0.3],
          [0.3, 1],
        ],
        mixed,
      ).reciprocity().holds,
    ).toBe(false);
  });

  test("turns the magnetization over: a Hall conductor is reciprocal because its Hall part is odd in m", () => {
    const hall = (odd: boolean) =>
      onsagerSystem({
        name: "anomalous Hall",
        powerUnit: "W/m³",
        pairs: [pair(1), pair(2)],
        coefficients: ({ m }) => {
          const side = 0.1 * (odd ? m[2] : Math.abs(m[2]));
          return [
            [1, side],
            [-side, 1],
          ];
        },
      });
    expect(hall(true).reciprocity().holds).toBe(true);
    expect(hall(false).reciprocity().violations[0].pair).toEqual(["flux1", "flux2"]);
  });
});

test("a definition that is no square of finite numbers is refused, everything at once", () => {
  expect(() => system([[1, Number.NaN], [1]], [pair(1), pair(1)])).toThrow(
    "pairs must have distinct names of flux, got flux1 twice\n" +
      "pairs must have distinct names of force, got force1 twice\n" +
      "coefficients[0][1] must be finite, got NaN\n" +
      "coefficients[1] must have 2 entries, got 1",
  );
});
