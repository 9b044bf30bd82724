import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { parse } from "../../src/expression/parse.ts";
import type { Vec3 } from "../../src/fokker-planck/frame.ts";
import { laboratory } from "../../src/fokker-planck/frame.ts";
import { harmonicIndex } from "../../src/fokker-planck/harmonics.ts";
import { initialCoefficients } from "../../src/fokker-planck/initial.ts";
import { wellRegion } from "../../src/fokker-planck/initial-well.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";

const wellAt = (density: string, m: Vec3) => ({ energyOverKT: parse(density), wellOf: m }) as const;

/** ⟨m⟩ of an initial density, from its coefficients. */
function meanOf(initial: ReturnType<typeof wellAt>, lmax: number): number[] {
  const index = harmonicIndex(lmax);
  const c = initialCoefficients(initial, index, laboratory);
  const [z, x, y] = [c[index.offsets[0] + 1], c[index.offsets[1]], c[index.offsets[1] + lmax]];
  return [x, y, z].map((value) => value * Math.sqrt((4 * Math.PI) / 3));
}

/** ∫ (1, m) exp(−U) over a well, or over the sphere by a product rule that knows no wells. */
function integrals(initial: ReturnType<typeof wellAt>, whole: boolean): number[] {
  const energy = compileScalar(initial.energyOverKT, ["mx", "my", "mz"]);
  const { nodes, weights } = gaussLegendre(60);
  const points = whole
    ? [...nodes].flatMap((z, q) =>
        Array.from({ length: 120 }, (_, j) => {
          const [s, angle] = [Math.sqrt(1 - z * z), (Math.PI * j) / 60];
          return { m: [s * Math.cos(angle), s * Math.sin(angle), z], area: (weights[q] * Math.PI) / 60 };
        }),
      )
    : wellRegion(initial).quadrature(0);
  return points.reduce(
    (sums, { m, area }) => {
      const weight = area * Math.exp(-energy(m[0], m[1], m[2]));
      return sums.map((sum, i) => sum + weight * (i === 0 ? 1 : m[i - 1]));
    },
    [0, 0, 0, 0],
  );
}

describe("a start in a well", () => {
  it("is exp(−U) on a hemisphere without a field", () => {
    const mean = meanOf(wellAt("-5*mz^2", [0, 0, 1]), 24);
    const { nodes, weights } = gaussLegendre(60);
    const half = (f: (z: number) => number) =>
      nodes.reduce((sum, x, i) => sum + weights[i] * f((1 + x) / 2), 0);
    const expected = half((z) => z * Math.exp(5 * z * z)) / half((z) => Math.exp(5 * z * z));
    expect(mean[2]).toBeCloseTo(expected, 7);
    expect(Math.hypot(mean[0], mean[1])).toBeLessThan(1e-7);
  });

  it("and one in the other well make up the whole of an oblique magnet", () => {
    const oblique = "-5*mz^2 - mx - 0.5*my - mz";
    const [up, down] = (
      [
        [0, 0, 1],
        [0, 0, -1],
      ] as const
    ).map((m) => wellAt(oblique, m));
    const parts = [up, down].map((initial) => integrals(initial, false));
    const whole = integrals(up, true);
    for (let i = 0; i < 4; i++)
      expect((parts[0][i] + parts[1][i]) / whole[0]).toBeCloseTo(whole[i] / whole[0], 7);
  });

  it("may have corners: an eighth of the sphere of a cubic magnet", () => {
    const energy = "6*(mx^2*my^2 + my^2*mz^2 + mz^2*mx^2)";
    const { nodes, weights } = gaussLegendre(40);
    let [total, up] = [0, 0];
    nodes.forEach((x, i) =>
      nodes.forEach((y, j) => {
        const [z, angle] = [(1 + x) / 2, ((1 + y) * Math.PI) / 4];
        const s = 1 - z * z;
        const weight =
          weights[i] * weights[j] * Math.exp(6 * (s * s * (Math.sin(2 * angle) / 2) ** 2 + s * z * z));
        total += weight;
        up += weight * z;
      }),
    );
    const at = Math.sqrt(1 / 3);
    const mean = meanOf(wellAt(`-${energy}`, [at, at, at]), 16);
    for (const value of mean) expect(value).toBeCloseTo(up / total, 8);
  });

  it("has the same means in any number of harmonics", () => {
    const initial = wellAt("-5*mz^2 - mx - 0.5*my - mz", [0, 0, 1]);
    // by rays, 32 to 512 of them
    const expected = [0.10314877, 0.05157439, 0.87001914];
    for (const lmax of [12, 31])
      meanOf(initial, lmax).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 7));
  });
});
