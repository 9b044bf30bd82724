import { describe, expect, it } from "vitest";
import type { Vec3 } from "../../src/fokker-planck/frame.ts";
import { harmonicIndex, harmonicsAt } from "../../src/fokker-planck/harmonics.ts";
import { pointSums } from "../../src/fokker-planck/interpolation.ts";
import { dotProduct } from "../../src/linear-algebra/arnoldi.ts";

const direction = (theta: number, phi: number): Vec3 => [
  Math.sin(theta) * Math.cos(phi),
  Math.sin(theta) * Math.sin(phi),
  Math.cos(theta),
];

/** Points near one place, which share neighbours, weights of both signs; around a pole and across azimuth zero as well. */
const cloud = (theta: number, phi: number): { point: Vec3; weight: number }[] =>
  Array.from({ length: 20 }, (_, i) => ({
    point: direction(theta + 0.05 * Math.sin(3.1 * i), phi + 0.07 * Math.cos(1.7 * i)),
    weight: Math.cos(0.9 * i),
  }));

describe("sums of values of expansions at weighted points", () => {
  const index = harmonicIndex(14, 9);
  const expansions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) =>
    Float64Array.from({ length: index.size }, (_, i) => Math.sin(seed + 1.3 * i) / index.size),
  );
  const places: [string, number, number][] = [
    ["between the poles", 1.1, 2.3],
    ["at the upper pole", 0.01, 0.4],
    ["at the lower pole", Math.PI - 0.02, -2],
    ["across azimuth zero", 1.9, 0.01],
    ["across azimuth π", 0.7, Math.PI],
  ];
  for (const [place, theta, phi] of places)
    it(`are those of the harmonics ${place}`, () => {
      const sums = pointSums(index, expansions, 12);
      const found = new Float64Array(expansions.length);
      // one after the other: what was summed before leaves nothing
      for (const turned of [phi, phi + 0.3]) {
        const points = cloud(theta, turned);
        for (const { point, weight } of points) sums.add(point, weight);
        sums.take(found);
        expansions.forEach((c, k) => {
          const expected = points.reduce(
            (sum, { point, weight }) => sum + weight * dotProduct(harmonicsAt(index, point), c),
            0,
          );
          expect(Math.abs(found[k] - expected)).toBeLessThan(2e-6);
        });
      }
    });

  it("of functions of the axis alone do not depend on the azimuth", () => {
    const axial = harmonicIndex(14, 0);
    const c = Float64Array.from({ length: axial.size }, (_, i) => 1 / (1 + i));
    const sums = pointSums(axial, [c], 12);
    const found = new Float64Array(1);
    for (const phi of [0, 2, 5]) {
      sums.add(direction(0.8, phi), 1);
      sums.take(found);
      expect(Math.abs(found[0] - dotProduct(harmonicsAt(axial, direction(0.8, 0)), c))).toBeLessThan(2e-6);
    }
  });
});
