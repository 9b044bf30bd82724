import { describe, expect, it } from "vitest";
import { add, mul, neg, square } from "../../src/expression/expression.ts";
import type { AzimuthWaves } from "../../src/fokker-planck/azimuth-waves.ts";
import { fourierRows, sumsOfWaves, turnedWaves } from "../../src/fokker-planck/azimuth-waves.ts";
import { bandBasis, bandOrdering } from "../../src/fokker-planck/band-basis.ts";
import { bandOperator } from "../../src/fokker-planck/band-operator.ts";
import { sectors } from "../../src/fokker-planck/sectors.ts";
import { along, dynamicsOf } from "./macrospins.ts";

const nodes = 3;
const orders = 12;
const waves = (seed: number): AzimuthWaves => ({
  cosine: Float64Array.from({ length: orders * nodes }, (_, i) => Math.sin(seed + 1.7 * i)),
  sine: Float64Array.from({ length: orders * nodes }, (_, i) => (i < nodes ? 0 : Math.cos(seed + 2.3 * i))),
});
const at = ({ cosine, sine }: AzimuthWaves, q: number, phi: number): number => {
  let sum = 0;
  for (let m = 0; m < orders; m++)
    sum += cosine[m * nodes + q] * Math.cos(m * phi) + sine[m * nodes + q] * Math.sin(m * phi);
  return sum;
};

describe("waves around an axis", () => {
  // 32 goes by the fast transform, 36 by quarters of the circle, 30 by neither; 16 and 12 are fewer than resolve the waves
  for (const azimuths of [32, 30, 36, 16, 12])
    it(`are summed at ${azimuths} azimuths, three at a time`, () => {
      const all = [waves(1), waves(2), waves(3)];
      const sums = sumsOfWaves(all[0], nodes, azimuths, all.slice(1));
      all.forEach((each, i) => {
        for (let q = 0; q < nodes; q++)
          for (let j = 0; j < azimuths; j++)
            expect(sums[i][q * azimuths + j]).toBeCloseTo(at(each, q, (2 * Math.PI * j) / azimuths), 11);
      });
    });

  it("are found again from their sum, and turn into their derivative", () => {
    for (const azimuths of [32, 30, 36]) {
      const [sum] = sumsOfWaves(waves(4), nodes, azimuths);
      const found = fourierRows(sum, nodes, azimuths, orders - 1);
      waves(4).cosine.forEach((x, i) => {
        expect(found.cosine[i]).toBeCloseTo(x, 12);
        expect(found.sine[i]).toBeCloseTo(waves(4).sine[i], 12);
      });
    }
    const step = 1e-5;
    const turned = turnedWaves(waves(4), nodes);
    for (const phi of [0.3, 2.9])
      expect(at(turned, 1, phi)).toBeCloseTo(
        (at(waves(4), 1, phi + step) - at(waves(4), 1, phi - step)) / (2 * step),
        6,
      );
  });
});

describe("the operator of a band", () => {
  it("falls into the four symmetries of a film between thresholds that lie alike, and into two between others", () => {
    const film = dynamicsOf({
      delta: 5,
      alpha: 0.01,
      energy: add(neg(square(along([0, 0, 1]))), mul(24, square(along([1, 0, 0])))),
    });
    const parts = (from: number, to: number): number => {
      const basis = bandBasis({ from, to }, 30, 20, 2);
      const { backward } = bandOperator(basis, film, 0.001, 2);
      return sectors(backward, bandOrdering(basis)).length;
    };
    expect(parts(-0.5, 0.5)).toBe(4);
    expect(parts(-0.5, 0.4)).toBe(2);
  });
});
