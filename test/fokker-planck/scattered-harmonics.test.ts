import { expect, test } from "vitest";
import type { Vec3 } from "../../src/fokker-planck/frame.ts";
import { harmonicIndex, harmonicsAt } from "../../src/fokker-planck/harmonics.ts";
import { harmonicsOfMasses } from "../../src/fokker-planck/scattered-harmonics.ts";

/** Directions spread over the sphere, the poles and the seam of the azimuth among them. */
const points = [
  ...Array.from({ length: 60 }, (_, i) => {
    const z = Math.sin(1.3 * i);
    const s = Math.sqrt(1 - z * z);
    return { m: [s * Math.cos(2.4 * i), s * Math.sin(2.4 * i), z] as Vec3, mass: (1 + Math.cos(i)) / 60 };
  }),
  { m: [0, 0, 1] as Vec3, mass: 0.1 },
  { m: [0, 0, -1] as Vec3, mass: 0.2 },
  { m: [-1, 0, 0] as Vec3, mass: 0.3 },
];

test.each([
  [1, 1, 1],
  [24, 24, 24],
  [40, 12, 28],
])(
  "harmonics of many masses at once are those of each point, degree %i, orders to %i",
  (lmax, mmax, height) => {
    const index = harmonicIndex(lmax, mmax, height);
    const asked = new Float64Array(index.size);
    for (const { m, mass } of points) harmonicsAt(index, m).forEach((y, i) => (asked[i] += mass * y));
    const found = harmonicsOfMasses(index, points);
    // of harmonics, which are of the size of the root of the degree
    asked.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThan(1e-13));
  },
);
