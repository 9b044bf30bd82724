import { describe, expect, it } from "vitest";
import { constantValue } from "../../src/expression/expression.ts";
import { parse } from "../../src/expression/parse.ts";
import type { Vector } from "../../src/expression/vector.ts";
import { cross, m, minus, plus, scale } from "../../src/expression/vector.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import { decompose } from "../../src/physics/decompose.ts";
import { surfaceGradient } from "../../src/physics/dynamics.ts";
import { harmonicSum, sphericalHarmonics } from "../../src/physics/harmonics.ts";
import { valuesAt } from "./terms.ts";
import { directions } from "./vectors.ts";

describe("real spherical harmonics", () => {
  it("are the textbook polynomials for l ≤ 2", () => {
    const Y = sphericalHarmonics();
    const known: [number, number, (x: number, y: number, z: number) => number][] = [
      [0, 0, () => Math.sqrt(1 / (4 * Math.PI))],
      [1, -1, (_, y) => Math.sqrt(3 / (4 * Math.PI)) * y],
      [1, 0, (_x, _y, z) => Math.sqrt(3 / (4 * Math.PI)) * z],
      [1, 1, (x) => Math.sqrt(3 / (4 * Math.PI)) * x],
      [2, -2, (x, y) => 0.5 * Math.sqrt(15 / Math.PI) * x * y],
      [2, -1, (_, y, z) => 0.5 * Math.sqrt(15 / Math.PI) * y * z],
      [2, 0, (_x, _y, z) => 0.25 * Math.sqrt(5 / Math.PI) * (3 * z * z - 1)],
      [2, 1, (x, _, z) => 0.5 * Math.sqrt(15 / Math.PI) * x * z],
      [2, 2, (x, y) => 0.25 * Math.sqrt(15 / Math.PI) * (x * x - y * y)],
    ];
    for (const [l, order, value] of known) {
      const computed = valuesAt([Y(l, order)]);
      for (const at of directions) expect(computed(at)[0]).toBeCloseTo(value(...at), 13);
    }
  });
  it("are orthonormal", () => {
    const Y = sphericalHarmonics();
    const set = [Y(7, 3), Y(7, -3), Y(9, 3), Y(8, 0), Y(9, 9)];
    const values = valuesAt(set);
    const { nodes, weights } = gaussLegendre(12);
    const product = set.map(() => set.map(() => 0));
    nodes.forEach((z, i) => {
      for (let j = 0; j < 24; j++) {
        const angle = (2 * Math.PI * j) / 24;
        const s = Math.sqrt(1 - z * z);
        const y = values([s * Math.cos(angle), s * Math.sin(angle), z]);
        y.forEach((a, p) => {
          y.forEach((b, q) => {
            product[p][q] += (weights[i] * 2 * Math.PI * a * b) / 24;
          });
        });
      }
    });
    product.forEach((row, p) => {
      row.forEach((value, q) => {
        expect(value).toBeCloseTo(p === q ? 1 : 0, 12);
      });
    });
  });
});

describe("decompose", () => {
  const fieldOf = (chi: string, phi: string): Vector =>
    plus(scale(-1, surfaceGradient(parse(chi))), cross(m, surfaceGradient(parse(phi))));

  it("returns χ and Φ, up to a constant, and nothing that is left", () => {
    const [chi, phi] = ["mx*my + 0.3*mz^3", "2*mz - mx^2*mz"];
    const found = decompose(fieldOf(chi, phi));
    expect(found.residual).toBeLessThan(1e-13);
    const values = valuesAt([found.chi, found.phi, parse(chi), parse(phi)]);
    const offsets = directions.map((at) => {
      const [a, b, c, d] = values(at);
      return [a - c, b - d];
    });
    for (const [a, b] of offsets) {
      expect(a).toBeCloseTo(offsets[0][0], 12);
      expect(b).toBeCloseTo(offsets[0][1], 12);
    }
  });

  it("takes no notice of the radial part", () => {
    const field = fieldOf("mx*mz", "my");
    const found = decompose(plus(field, scale(parse("5 + mx"), m)));
    expect(found.residual).toBeLessThan(1e-13);
    // no constant and no other degree: χ and Φ themselves
    const values = valuesAt([found.chi, found.phi]);
    for (const at of directions) {
      const [chi, phi] = values(at);
      expect(chi).toBeCloseTo(at[0] * at[2], 12);
      expect(phi).toBeCloseTo(at[1], 12);
    }
  });

  it("reaches the asymmetric torque of Slonczewski by raising the degree", () => {
    const c = parse("1/(3.25 + 1.25*mz)");
    const p: Vector = [parse("0"), parse("0"), parse("1")];
    const torque = scale(c, cross(m, cross(m, p)));
    const found = decompose(torque);
    expect(found.degree).toBeGreaterThan(6);
    expect(found.residual).toBeLessThan(1e-9);
    // χ' = a(c): the antiderivative is log1p(rc)/1.25 with r = 1.25/3.25
    const values = valuesAt([found.chi]);
    const exact = (z: number) => Math.log(3.25 + 1.25 * z) / 1.25;
    const offset = values([0, 0, 1])[0] - exact(1);
    for (const at of directions) expect(values(at)[0]).toBeCloseTo(exact(at[2]) + offset, 9);
    expect(constantValue(found.phi)).toBe(0);
  });

  it("tells what it leaves of a field that is not smooth", () => {
    const found = decompose(minus([parse("abs(mz)"), parse("0"), parse("0")], m));
    expect(found.residual).toBeGreaterThan(1e-4);
  });

  it("sums coefficients back to functions", () => {
    const sum = harmonicSum([
      { l: 2, m: 0, value: 1.5 },
      { l: 3, m: -2, value: -0.5 },
    ]);
    const Y = sphericalHarmonics();
    const values = valuesAt([sum, Y(2, 0), Y(3, -2)]);
    for (const at of directions) {
      const [total, a, b] = values(at);
      expect(total).toBeCloseTo(1.5 * a - 0.5 * b, 13);
    }
  });
});
