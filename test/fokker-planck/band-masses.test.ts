import { expect, it } from "vitest";
import { bandBasis, bandValuesAt } from "../../src/fokker-planck/band-basis.ts";
import { massesOnBand } from "../../src/fokker-planck/band-masses.ts";
import type { PointMass } from "../../src/fokker-planck/initial-well.ts";

it.each([
  { from: -0.5, to: 0.7 },
  { from: -1, to: 0.4 },
  { from: 0.2, to: 1 },
])("functions from $from to $to over many points have the sum of their values", (band) => {
  const basis = bandBasis(band, 14, 9, 2);
  const masses = Array.from({ length: 40 }, (_, i): PointMass => {
    const z = band.from + (band.to - band.from) * (((i + 0.5) * 0.618) % 1);
    const [s, phi] = [Math.sqrt((1 - z) * (1 + z)), 2.4 * i];
    return { m: [s * Math.cos(phi), s * Math.sin(phi), z], mass: 1 / (2 + (i % 7)) };
  });
  const expected = new Float64Array(basis.size);
  for (const { m, mass } of masses)
    bandValuesAt(basis, m[2], Math.atan2(m[1], m[0])).forEach((value, i) => {
      expected[i] += mass * value;
    });
  const size = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  massesOnBand(basis, masses).forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-11 * size);
  });
});
